import { isoDate, type Result, success, type Work } from "../../base/index.ts";
import {
  type AddedLeg,
  type AskedLeg,
  type MarginResult,
  type MarginRun,
  resolveLegs,
  runMargin,
} from "../../margin/index.ts";
import type { Methodology } from "../../methodology/index.ts";
import { type ResolvedRules, type RulesChoice, resolveRules } from "../../rulebook/index.ts";
import type { ParsedMarginRequest } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { type Inputs, inputsOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { withSampleHistory } from "./sample-history.ts";
import type { Sources } from "./source.ts";

/** A margin request with everything found that it names. */
export interface PreparedRun extends Inputs {
  readonly methodology: Methodology;
  readonly rules: ResolvedRules;
  readonly changes: Pick<ParsedMarginRequest, "edits" | "components" | "balances"> & {
    readonly legs: readonly AddedLeg[];
  };
}

/** Finds the sources and the rules a request names. */
export async function preparedRun(
  request: ParsedMarginRequest,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedRun>> {
  const inputs = await inputsOf(request, request.legs, sources, work);
  if (!inputs.ok) return inputs;
  const prepared = withRules(request, inputs.value, ports);
  return prepared.ok ? withSampleHistory(prepared.value, request.market, sources, work) : prepared;
}

/** Finds the rules a request names; without a choice those in force on the day of the market. */
export function withRules(
  request: Omit<ParsedMarginRequest, "portfolio" | "market" | "history" | "parameterFile" | "legs"> & {
    /** Runs stored before legs existed have none. */
    readonly legs?: readonly AskedLeg[];
  },
  inputs: Inputs,
  { resources }: Pick<Ports, "resources">,
): Result<PreparedRun> {
  const found = ruledMethodology(resources, request.methodology);
  if (!found.ok) return found;
  const { method, rulebook } = found.value;
  const choice = (request.rules as RulesChoice | undefined) ?? { date: isoDate(inputs.market.asOfMs) };
  const rules = resolveRules(rulebook, choice, request.overrides);
  if (!rules.ok) return rules;
  const { edits, components, balances } = request;
  const legs = resolveLegs(request.legs ?? [], inputs);
  if (!legs.ok) return legs;
  const changes = { edits, components, balances, legs: legs.value };
  return success({ ...inputs, methodology: method, rules: rules.value, changes });
}

/** Runs what was prepared; rows that the import rejected stand among the remarks. */
export async function marginOf(
  { changes, rejected, ...prepared }: PreparedRun,
  options: Pick<MarginRun, "standAlone" | "work">,
): Promise<Result<MarginResult>> {
  const result = await runMargin({ ...prepared, ...changes, ...options });
  if (!result.ok || rejected.length === 0) return result;
  const remarks = [...result.value.remarks, ...rejected.map((message) => ({ message }))];
  return success({ ...result.value, remarks });
}
