import { type Result, success, type Work } from "../../base/index.ts";
import {
  type Coverage,
  coverageOf,
  type MixedMargin,
  type MixedPartRequest,
  mixedMargin,
  resolveLegs,
} from "../../margin/index.ts";
import { catalog } from "../../methodology/index.ts";
import type { ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { inputsOf } from "./inputs.ts";
import { ruledMethodology } from "./methodology.ts";
import { withRules } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

const unchanged = { edits: [], components: [], balances: [] };

/** Methods asked which positions of a book they margin; an unknown method is refused. */
export async function coverage(
  { methodologies, ...request }: ParsedInput<"margin.coverage">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<Coverage>> {
  const inputs = await inputsOf(request, [], sources, work);
  if (!inputs.ok) return inputs;
  const methods: Parameters<typeof coverageOf>[1][number][] = [];
  for (const id of methodologies ?? catalog.keys()) {
    const found = ruledMethodology(ports.resources, id);
    if (!found.ok) return found;
    const ruled = withRules({ methodology: id, overrides: [], ...unchanged }, inputs.value, ports);
    methods.push({ id, title: found.value.method.title, ruled });
  }
  return success(coverageOf(inputs.value, methods));
}

/**
 * One book split over methods. A part whose rules cannot be found says why and leaves its positions to later parts; an unknown method is
 * refused.
 */
export async function mixed(
  { parts, edits, components, balances, legs, ...request }: ParsedInput<"margin.mixed">,
  ports: Pick<Ports, "resources">,
  sources: Sources,
  work: Work,
): Promise<Result<MixedMargin>> {
  const inputs = await inputsOf(request, legs, sources, work);
  if (!inputs.ok) return inputs;
  const trades = resolveLegs(legs, inputs.value);
  if (!trades.ok) return trades;
  const asked: MixedPartRequest[] = [];
  for (const { label, methodology, rules, overrides, ...scope } of parts) {
    const found = ruledMethodology(ports.resources, methodology);
    if (!found.ok) return found;
    const chosen = rules === undefined ? {} : { rules };
    const ruled = withRules({ methodology, overrides, ...chosen, ...unchanged }, inputs.value, ports);
    asked.push({ label: label ?? found.value.method.title, scope, ruled });
  }
  return mixedMargin(inputs.value, asked, { edits, components, balances, legs: trades.value }, work);
}
