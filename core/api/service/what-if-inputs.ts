import type { WhatIfRun } from "../../analysis/index.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import { type AddedLeg, type AskedLeg, type LegInputs, resolveLegs } from "../../margin/index.ts";
import type { Portfolio, PositionId } from "../../portfolio/index.ts";
import type { Scenario } from "../../scenario/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { type Inputs, inputsOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { withRules } from "./prepared-run.ts";
import { withSampleHistory } from "./sample-history.ts";
import type { Sources } from "./source.ts";

type Request = Omit<ParsedInput<"what-if.run">, "limits" | "stress">;

/** One column of a what-if: the book before under a method, and the legs in the contracts it is held in. */
export interface PreparedColumn {
  readonly label: string;
  readonly methodology: string;
  /** A failure where its rules cannot be found. */
  readonly run: Result<WhatIfRun>;
  readonly legs: readonly AddedLeg[];
}

export interface PreparedWhatIf {
  readonly inputs: Inputs;
  readonly legs: readonly AddedLeg[];
  readonly columns: readonly PreparedColumn[];
}

/** Finds what a what-if names, once for all columns. An unknown method is refused; rules that cannot be found leave the other columns. */
export async function preparedWhatIf(
  request: Request,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<PreparedWhatIf>> {
  const { legs: asked, columns, map, scenarios, ...rest } = request;
  const found = await inputsOf(rest, asked, sources, work);
  if (!found.ok) return found;
  const inputs = found.value;
  const legs = resolveLegs(asked, inputs);
  if (!legs.ok) return legs;
  const prepared: PreparedColumn[] = [];
  for (const { label, ...column } of columns) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const method = ruledMethodology(ports.resources, column.methodology);
    if (!method.ok) return method;
    const held = map ? mappedWhatIf(inputs, legs.value, method.value.method.venue) : { inputs, legs: legs.value };
    const ids = new Set<string>(held.inputs.portfolio.positions.map(({ id }) => id));
    const edits = map ? rest.edits.filter(({ positionId }) => ids.has(positionId)) : rest.edits;
    const { components, balances } = rest;
    const ruled = withRules({ components, balances, edits, ...column }, held.inputs, ports);
    const sampled = ruled.ok
      ? await withSampleHistory(withLegsOf(ruled.value, held.legs), rest.market, sources, work)
      : ruled;
    const version = sampled.ok ? ` ${sampled.value.rules.version}` : "";
    prepared.push({
      ...{ label: label ?? `${column.methodology}${version}`, methodology: column.methodology, legs: held.legs },
      run: sampled.ok ? success(whatIfRunOf(sampled.value, scenarios as readonly Scenario[])) : sampled,
    });
  }
  return success({ inputs, legs: legs.value, columns: prepared });
}

type Ruled = Extract<ReturnType<typeof withRules>, { readonly ok: true }>["value"];

/** The run with its legs, so that a method which needs a history for them alone finds one. */
function withLegsOf(run: Ruled, legs: readonly AddedLeg[]): Ruled {
  return { ...run, changes: { ...run.changes, legs } };
}

function whatIfRunOf({ changes, rejected: _, ...run }: Ruled, scenarios: readonly Scenario[]): WhatIfRun {
  const { edits, components, balances } = changes;
  return { ...run, edits, components, balances, scenarios };
}

/** Book, market and legs in the contracts of a venue; legs are mapped as positions of one unit. */
export function mappedWhatIf(
  inputs: Inputs,
  legs: readonly AddedLeg[],
  venue: string,
): { readonly inputs: Inputs; readonly legs: readonly AddedLeg[] } {
  const union = unionOf(inputs.portfolio, legs);
  const mapped = mappedBook(union, inputs.market, venue);
  const units = new Map<string, AddedLeg>();
  for (const position of mapped.portfolio.positions)
    if (position.id.startsWith(legPrefix))
      units.set(position.id.slice(legPrefix.length), { instrument: position.instrument, quantity: position.quantity });
  return {
    inputs: { ...inputs, portfolio: withoutLegs(mapped.portfolio), market: mapped.market },
    legs: legs.flatMap((leg) => {
      const unit = units.get(leg.instrument.id);
      return unit === undefined
        ? []
        : [{ ...leg, instrument: unit.instrument, quantity: leg.quantity * unit.quantity }];
    }),
  };
}

const legPrefix = "what-if leg ";

/** The portfolio with one unit of each leg's contract behind it: the same object while the contracts are the same. */
function unionOf(portfolio: Portfolio, legs: readonly AddedLeg[]): Portfolio {
  const key = [...new Set(legs.map(({ instrument }) => instrument.id))].join("\n");
  const known = unions.get(portfolio);
  if (known?.key === key) return known.union;
  const instruments = new Map(legs.map(({ instrument }) => [instrument.id, instrument]));
  const units = [...instruments.values()].map((instrument) => ({
    ...{ id: `${legPrefix}${instrument.id}` as PositionId, instrument, quantity: 1 },
  }));
  const union = { ...portfolio, positions: [...portfolio.positions, ...units] };
  unions.set(portfolio, { key, union });
  return union;
}

const unions = new WeakMap<Portfolio, { readonly key: string; readonly union: Portfolio }>();

function withoutLegs(portfolio: Portfolio): Portfolio {
  const known = bases.get(portfolio);
  if (known !== undefined) return known;
  const base = { ...portfolio, positions: portfolio.positions.filter(({ id }) => !id.startsWith(legPrefix)) };
  bases.set(portfolio, base);
  return base;
}

const bases = new WeakMap<Portfolio, Portfolio>();

/** Legs the other way round, at the prices of that side. */
export function reversedLegs(legs: readonly AskedLeg[], inputs: LegInputs): Result<readonly AddedLeg[]> {
  return resolveLegs(
    legs.map((one) => ({ ...one, quantity: -one.quantity })),
    inputs,
  );
}
