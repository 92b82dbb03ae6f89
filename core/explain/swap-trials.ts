import { type Failure, failed, type Result, success, type Work } from "../base/index.ts";
import type { VenueStatement } from "../import/index.ts";
import { type MarginResult, type MarginRun, runMargin } from "../margin/index.ts";
import { type ComparedLine, comparedLines } from "./compared-lines.ts";
import type { InputSwap } from "./input-swaps.ts";

/** `same`: our input is the venue's already; `failed`: the run with it is refused. */
export type SwapOutcome = "changed" | "no-effect" | "same" | "failed";

/** |own − charged| of a stated total, before and after a swap. */
export interface TotalGap {
  readonly statedId: string;
  readonly before: number;
  readonly after: number;
}

/** What a swap did to the compared lines. */
export interface Tried {
  readonly swap: InputSwap;
  readonly outcome: SwapOutcome;
  readonly failure?: Failure;
  readonly closes: readonly string[];
  readonly totals: readonly TotalGap[];
  /** Compared lines after the swap, by stated id; absent when nothing ran. */
  readonly after?: ReadonlyMap<string, ComparedLine>;
}

/** Runs again with one input swapped at a time. */
export async function triedSwaps(
  run: MarginRun,
  statement: VenueStatement,
  swaps: readonly InputSwap[],
  base: readonly ComparedLine[],
  work: Work,
  onDone: (done: number) => void,
): Promise<Result<readonly Tried[]>> {
  const tried: Tried[] = [];
  for (const swap of swaps) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    onDone(tried.length + 1);
    await work.pause();
    const changed = swap.change(run);
    let result: Result<MarginResult>;
    if (!changed.ok) result = changed;
    else if (changed.value !== undefined) result = await runMargin(changed.value);
    else {
      tried.push({ swap, outcome: "same", closes: [], totals: [] });
      continue;
    }
    if (!result.ok) {
      if (result.failure.reason === "cancelled") return result;
      tried.push({ swap, outcome: "failed", failure: result.failure, closes: [], totals: [] });
      continue;
    }
    tried.push(effectOf(swap, base, byStatedId(comparedLines(result.value, statement))));
  }
  return success(tried);
}

function byStatedId(lines: readonly ComparedLine[]): ReadonlyMap<string, ComparedLine> {
  return new Map(lines.map((line) => [line.stated.id, line]));
}

function effectOf(swap: InputSwap, base: readonly ComparedLine[], after: ReadonlyMap<string, ComparedLine>): Tried {
  const gaps = base.flatMap(({ stated, difference }) => {
    const now = after.get(stated.id);
    const [from, to] = [Math.abs(difference), Math.abs(now?.difference ?? difference)];
    return stated.component === "total" ? [{ statedId: stated.id, before: from, after: to }] : [];
  });
  const moved = base.some(({ stated, own }) => after.get(stated.id)?.own !== own);
  const closes = base
    .filter(({ stated, agreement }) => agreement === "open" && after.get(stated.id)?.agreement !== "open")
    .map(({ stated }) => stated.id);
  return { swap, outcome: moved ? "changed" : "no-effect", closes, totals: gaps, after };
}

/** Inputs of the venue one after another; a version of ours takes part when it closes a line and the reply states no parameters. */
export function sequential(swaps: readonly InputSwap[], tried: readonly Tried[]): readonly InputSwap[] {
  const stated = swaps.filter(({ id, stated }) => stated && id !== "index" && id !== "marks" && id !== "prices");
  const prices = swaps.filter(({ id }) => id === "index" || id === "marks");
  const best = tried
    .filter(({ swap, closes }) => !swap.stated && closes.length > 0)
    .sort((a, b) => b.closes.length - a.closes.length)[0]?.swap;
  const version = best !== undefined && !stated.some(({ id }) => id === "parameters") ? [best] : [];
  const order = [
    "positions",
    "index",
    "marks",
    "time",
    "parameters",
    "profits",
    "components",
    "open-orders",
    "balances",
  ];
  const placed = [...stated, ...prices].sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const cut = placed.findIndex(({ id }) => order.indexOf(id) > order.indexOf("parameters"));
  const at = cut < 0 ? placed.length : cut;
  return [...placed.slice(0, at), ...version, ...placed.slice(at)];
}

/** Our lines after one more input of the venue. */
export interface Step {
  readonly swap: InputSwap;
  readonly after: ReadonlyMap<string, ComparedLine>;
}

/** Runs again with the swaps one after another; a swap that is refused or changes nothing is passed over. */
export async function sequenceOf(
  run: MarginRun,
  statement: VenueStatement,
  swaps: readonly InputSwap[],
  work: Work,
): Promise<Result<readonly Step[]>> {
  const steps: Step[] = [];
  let current = run;
  for (const swap of swaps) {
    if (work.cancelled()) return failed("cancelled", "cancelled");
    await work.pause();
    const changed = swap.change(current);
    if (!changed.ok || changed.value === undefined) continue;
    const result = await runMargin(changed.value);
    if (!result.ok) {
      if (result.failure.reason === "cancelled") return result;
      continue;
    }
    current = changed.value;
    steps.push({ swap, after: byStatedId(comparedLines(result.value, statement)) });
  }
  return success(steps);
}
