import type { StressScenario, StressSet, StressShock } from "./stress-set.ts";
import type { StressSetProblem } from "./stress-set-problem.ts";

/** What a rule found: where in the shock or scenario, and what is expected. */
interface Finding {
  /** Member of the shock or scenario. */
  readonly member: string;
  readonly found: string;
  readonly rule: string;
  /** Label of the step it is about. */
  readonly step?: string;
}

/**
 * What is wrong with a set whose members are sound: ids used twice, a shock said twice, relative moves that leave no price, volatilities of
 * 0, paths that go back in time or name two steps alike, sources that are not listed.
 *
 * @returns one entry each, in the order of the set; empty for a set that may be saved
 */
export function stressSetProblems(set: StressSet): readonly StressSetProblem[] {
  const sources = new Set(set.sources.map(({ id }) => id));
  const doubleSources = repeated(set.sources.map(({ id }) => id)).map(
    ([id, place]): StressSetProblem => ({
      ...{ at: set.name, pointer: `/sources/${place}/id`, found: id },
      rule: "a source id is used once",
    }),
  );
  const doubleScenarios = repeated(set.scenarios.map(({ id }) => id)).map(
    ([id, place]): StressSetProblem => ({
      ...{ at: `${set.name}, scenario ${id}`, scenario: id, pointer: `/scenarios/${place}/id`, found: id },
      rule: "a scenario id is used once in its set",
    }),
  );
  const within = set.scenarios.flatMap((scenario, place) =>
    scenarioProblems(set.name, scenario, `/scenarios/${place}`, sources),
  );
  return [...doubleSources, ...doubleScenarios, ...within];
}

/**
 * Where a shock is, in words: `Historical events, scenario ftx, step 2020-03-12 close, shock 3 (price of BTC)`.
 *
 * @param place of the shock in its list, from 0
 */
export function shockPlace(
  set: string,
  scenario: string,
  step: string | undefined,
  shock: { readonly kind?: unknown; readonly factor?: unknown },
  place: number,
): string {
  const factor = typeof shock.factor === "string" ? ` of ${shock.factor}` : "";
  const what = typeof shock.kind === "string" ? ` (${shock.kind}${factor})` : "";
  const inStep = step === undefined ? "" : `, step ${step}`;
  return `${set}, scenario ${scenario}${inStep}, shock ${place + 1}${what}`;
}

/** What tells the shocks of one scenario apart: two with the same key say the same thing twice. */
export function shockKey(shock: StressShock): string {
  const part = (name: string): string => {
    const value: unknown = name in shock ? shock[name as keyof typeof shock] : undefined;
    return value === undefined ? "" : JSON.stringify(value);
  };
  return ["kind", "factor", "mode", "tenor", "delta", "contracts"].map(part).join(" ");
}

function scenarioProblems(
  set: string,
  scenario: StressScenario,
  pointer: string,
  sources: ReadonlySet<string>,
): readonly StressSetProblem[] {
  const { id, start, end, path = [], figures } = scenario;
  const own = ({ member, found, rule, step }: Finding): StressSetProblem => ({
    ...{ at: `${set}, scenario ${id}${step === undefined ? "" : `, step ${step}`}`, scenario: id },
    ...{ ...(step !== undefined && { step }), pointer: `${pointer}/${member}`, found, rule },
  });
  const findings: Finding[] = [];
  if (start !== undefined && end !== undefined && end < start)
    findings.push({ member: "end", found: end, rule: `the end is not before the start, ${start}` });
  for (const [place, { source }] of figures.entries())
    if (source !== undefined && !sources.has(source))
      findings.push({ member: `figures/${place}/source`, found: source, rule: unknownSource });
  for (const [place, { label: step, days }] of path.entries()) {
    const before = path[place - 1];
    if (before !== undefined && days < before.days)
      findings.push({
        ...{ member: `path/${place}/days`, found: String(days), step },
        rule: `a path does not go back in time; the step before is at ${before.days}`,
      });
  }
  for (const [step, place] of repeated(path.map(({ label }) => label)))
    findings.push({ member: `path/${place}/label`, found: step, step, rule: "a label is used once in its path" });
  const steps = path.flatMap((step, place) =>
    shockProblems({ set, scenario: id, step: step.label }, step.shocks, `${pointer}/path/${place}/shocks`, sources),
  );
  const shocks = shockProblems({ set, scenario: id }, scenario.shocks, `${pointer}/shocks`, sources);
  return [...findings.map(own), ...shocks, ...steps];
}

const unknownSource = "a source is one of the set's list";

interface Place {
  readonly set: string;
  readonly scenario: string;
  readonly step?: string;
}

function shockProblems(
  where: Place,
  shocks: readonly StressShock[],
  pointer: string,
  sources: ReadonlySet<string>,
): readonly StressSetProblem[] {
  const twice = new Set(repeated(shocks.map(shockKey)).map(([, place]) => place));
  return shocks.flatMap((shock, place) => {
    const findings = [...shockFindings(shock)];
    if (twice.has(place))
      findings.push({ member: "kind", found: shock.kind, rule: "the same kind, factor, tenor and mode is said once" });
    if (shock.source !== undefined && !sources.has(shock.source))
      findings.push({ member: "source", found: shock.source, rule: unknownSource });
    return findings.map(
      ({ member, found, rule }): StressSetProblem => ({
        at: shockPlace(where.set, where.scenario, where.step, shock, place),
        ...{ scenario: where.scenario, shock: place + 1, ...(where.step !== undefined && { step: where.step }) },
        ...{ pointer: `${pointer}/${place}/${member}`, found, rule },
      }),
    );
  });
}

function* shockFindings(shock: StressShock): Generator<Finding> {
  const amount = (rule: string): Finding => ({
    ...{ member: "amount", found: "amount" in shock ? String(shock.amount) : "", rule },
  });
  switch (shock.kind) {
    case "price":
      if (shock.mode === "relative" && shock.amount <= -1)
        yield amount("a relative move is above -1; an absolute move or a level may take a price through zero");
      return;
    case "volatility":
      if (shock.mode === "relative" && shock.amount <= -1 && shock.rule === undefined)
        yield amount("a relative change of volatility is above -1");
      if (shock.mode === "level" && shock.amount <= 0) yield amount("a level of volatility is above 0");
      if (shock.mode === "level" && shock.rule !== undefined)
        yield { member: "rule", found: "level", rule: "a level of volatility has no rule" };
      yield* ruleFindings(shock.rule);
      return;
    case "stablecoin":
      if (shock.mode === "level" && shock.amount < 0) yield amount("the price of a stablecoin is 0 or more");
      return;
  }
}

function* ruleFindings(rule: Extract<StressShock, { kind: "volatility" }>["rule"]): Generator<Finding> {
  if (rule === undefined) return;
  const { tenor, byDays, byDelta } = rule;
  if ([tenor, byDays, byDelta].filter((part) => part !== undefined).length > 1)
    yield { member: "rule", found: "several", rule: "a volatility rule has one of `tenor`, `byDays` and `byDelta`" };
  const tables = [...(byDays === undefined ? [] : [byDays]), ...(byDelta ?? []).map((table) => table.byDays)];
  if (tables.some((table) => table.some(({ days }, at) => days <= (table[at - 1]?.days ?? -1))))
    yield { member: "rule", found: "a table", rule: "the days of a table ascend" };
  if (byDelta?.some(({ delta }, at) => delta <= (byDelta[at - 1]?.delta ?? -1)))
    yield { member: "rule/byDelta", found: "a table", rule: "the deltas of a table ascend" };
}

/** Values that came before, with the place of each repetition. */
function repeated(values: readonly string[]): readonly (readonly [string, number])[] {
  const seen = new Set<string>();
  return values.flatMap((value, place) => {
    if (seen.has(value)) return [[value, place] as const];
    seen.add(value);
    return [];
  });
}
