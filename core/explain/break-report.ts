import { type Failure, failed, type Result, success, unwatched, type Work } from "../base/index.ts";
import type { VenueStatement } from "../import/index.ts";
import { type MarginResult, type MarginRun, runMargin } from "../margin/index.ts";
import type { ComponentKind } from "../methodology/index.ts";
import type { Rulebook } from "../rulebook/index.ts";
import { type Bridge, bridgeOf } from "./break-bridge.ts";
import { type CellComparison, cellComparison, type StatedProfits, statedProfits } from "./cell-breaks.ts";
import { agreementOf, type ComparedLine, comparedLines } from "./compared-lines.ts";
import { type Explanation, explanations, type NearestSwap, nearest } from "./gap-explanations.ts";
import { type Cause, inputSwaps, isCovered } from "./input-swaps.ts";
import { type StatedOverrides, statedOverrides } from "./stated-overrides.ts";
import {
  type Step,
  type SwapOutcome,
  sequenceOf,
  sequential,
  type TotalGap,
  type Tried,
  triedSwaps,
} from "./swap-trials.ts";

/** How a charged line stands beside ours. */
export type LineVerdict = "matched" | "within-rounding" | "explained" | "unexplained";

/** One charged line beside ours. */
export interface BreakLine {
  /** The venue's name of it. */
  readonly statedId: string;
  /** Id of our line; absent when our statement has none. */
  readonly lineId?: string;
  readonly label: string;
  readonly account: string;
  readonly component: ComponentKind;
  readonly unit: string;
  readonly depth: number;
  /** Requirements ≥ 0. */
  readonly own?: number;
  readonly charged: number;
  /** The venue's own figure where it states a surplus instead. */
  readonly asPrinted?: number;
  /** own − charged. */
  readonly difference: number;
  /** One unit of the venue's last digit. */
  readonly digit: number;
  readonly verdict: LineVerdict;
  /** Section of the methodology document. */
  readonly rule?: string;
  /** Where our amount comes from: computed, imported, set. */
  readonly basis?: string;
  /** Inputs whose swap closes the gap; in words, with the cause. */
  readonly explainedBy: readonly Explanation[];
  /** For an unexplained line: the swap that comes nearest, and the gap it leaves. */
  readonly nearest?: NearestSwap;
}

/** What one swap did. */
export interface SwapResult {
  readonly id: string;
  readonly cause: Cause;
  readonly label: string;
  /** The value is the venue's; otherwise another version of ours. */
  readonly stated: boolean;
  readonly outcome: SwapOutcome;
  readonly failure?: Failure;
  /** Stated ids of open lines that it alone closes. */
  readonly closes: readonly string[];
  readonly totals: readonly TotalGap[];
}

export interface PositionBreak {
  readonly symbol: string;
  readonly own: number;
  readonly stated: number;
}

/** Our margin against what the venue charges, line by line, with causes. Plain data. */
export interface BreakReport {
  readonly venue: string;
  readonly formats: VenueStatement["formats"];
  readonly sources: VenueStatement["sources"];
  readonly chargedAsOfMs?: number;
  readonly testnet: boolean;
  readonly portfolioName: string;
  readonly marketName: string;
  readonly asOfMs: number;
  readonly methodology: MarginResult["methodology"];
  readonly rules: Pick<MarginResult["rules"], "version" | "effectiveFrom" | "source" | "overrides">;
  readonly accuracy: MarginResult["accuracy"];
  readonly synthetic: boolean;
  readonly inputs: MarginResult["inputs"];
  readonly verdict: LineVerdict;
  readonly counts: Readonly<Record<LineVerdict, number>>;
  readonly lines: readonly BreakLine[];
  readonly bridges: readonly Bridge[];
  readonly swaps: readonly SwapResult[];
  readonly cells?: CellComparison;
  readonly positions: readonly PositionBreak[];
  readonly excluded: MarginResult["excluded"];
  /** Parameters of the reply: what differs from the rules, ready as overrides, and what cannot be used. */
  readonly parameters: StatedOverrides;
  readonly remarks: readonly string[];
}

export interface BreakInput {
  readonly run: MarginRun;
  readonly rulebook: Rulebook;
  readonly statement: VenueStatement;
  readonly work?: Work;
}

/**
 * Compares our margin with what a venue charges and looks for the causes of every gap: it runs again with one input of the
 * venue at a time, then with all of them one after another.
 *
 * @param input run, rulebook of its methodology, and the venue's statement
 * @returns the report; a failure when our own run fails, when the statement holds no amounts, or `cancelled`
 * @source resources/docs/glossary.md, section 12 "Reconciliation"
 */
export async function breakReport(input: BreakInput): Promise<Result<BreakReport>> {
  const { run, rulebook, statement, work = unwatched } = input;
  if (statement.amounts.length === 0)
    return failed("not-applicable", "the reply states parameters only: there is no charged amount to compare with");
  const quiet: Work = { ...work, progress: () => {} };
  const own = await runMargin({ ...run, work: quiet });
  if (!own.ok) return own;
  const base = comparedLines(own.value, statement);
  const open = base.filter(({ agreement }) => agreement === "open");
  const profits =
    open.length === 0 || !statement.vectors.some(({ of }) => of === "instrument")
      ? success<StatedProfits>(new Map())
      : await statedProfits(run, own.value, statement, quiet);
  if (!profits.ok) return profits;
  const swaps = open.length === 0 ? [] : inputSwaps(statement, run.rules, rulebook, profits.value);
  const steps = 2 * swaps.length + 2;
  const tried = await triedSwaps({ ...run, work: quiet }, statement, swaps, base, quiet, (done) =>
    work.progress(done, steps, "inputs swapped"),
  );
  if (!tried.ok) return tried;
  const sequence = await sequenceOf({ ...run, work: quiet }, statement, sequential(swaps, tried.value), quiet);
  if (!sequence.ok) return sequence;
  const cells = statement.vectors.length === 0 ? undefined : await cellComparison(run, own.value, statement, quiet);
  if (cells !== undefined && !cells.ok) return cells;
  work.progress(steps, steps, "inputs swapped");
  const lines = breakLines(base, tried.value, sequence.value);
  const counts = { matched: 0, "within-rounding": 0, explained: 0, unexplained: 0 };
  for (const { verdict } of lines) counts[verdict] += 1;
  const { methodology, rules, accuracy, synthetic, inputs, excluded, portfolioName, marketName, asOfMs } = own.value;
  const { version, effectiveFrom, source, overrides } = rules;
  return success({
    venue: statement.venue,
    formats: statement.formats,
    sources: statement.sources,
    ...(statement.asOfMs === undefined ? {} : { chargedAsOfMs: statement.asOfMs }),
    testnet: statement.testnet,
    ...{ portfolioName, marketName, asOfMs, methodology, accuracy, synthetic, inputs },
    rules: { version, effectiveFrom, source, overrides },
    verdict: worst(counts),
    ...{ counts, lines },
    bridges: bridges(base, lines, sequence.value),
    swaps: tried.value.map(({ swap, outcome, failure, closes, totals }) => {
      const { id, cause, label, stated } = swap;
      return { id, cause, label, stated, outcome, ...(failure === undefined ? {} : { failure }), closes, totals };
    }),
    ...(cells === undefined ? {} : { cells: cells.value }),
    positions: positionBreaks(run, statement),
    excluded,
    parameters: statedOverrides(statement, run.rules, run.methodology),
    remarks: [...mismatches(input), ...statement.notes],
  });
}

/** Lines below are judged first: a total may only carry what they explain. */
function breakLines(
  base: readonly ComparedLine[],
  tried: readonly Tried[],
  sequence: readonly Step[],
): readonly BreakLine[] {
  const explained = new Map<string, readonly Explanation[]>();
  for (const compared of [...base].reverse())
    if (compared.agreement === "open")
      explained.set(compared.stated.id, explanations(compared, { base, tried, sequence, explained }));
  return base.map((compared) => breakLine(compared, explained.get(compared.stated.id) ?? [], tried));
}

function breakLine(compared: ComparedLine, explainedBy: readonly Explanation[], tried: readonly Tried[]): BreakLine {
  const { stated, line, own, difference, agreement, depth } = compared;
  const { id, label, account, component, unit, amount: charged, asPrinted, digit } = stated;
  const verdict: LineVerdict = agreement !== "open" ? agreement : explainedBy.length > 0 ? "explained" : "unexplained";
  const near = verdict === "unexplained" ? nearest(compared, tried) : undefined;
  return {
    ...{ statedId: id, label, account, component, unit, depth, charged, difference, digit, verdict, explainedBy },
    ...(line === undefined ? {} : { lineId: line.id, rule: line.rule, basis: line.basis }),
    ...(own === undefined ? {} : { own }),
    ...(asPrinted === undefined ? {} : { asPrinted }),
    ...(near === undefined ? {} : { nearest: near }),
  };
}

function worst(counts: Readonly<Record<LineVerdict, number>>): LineVerdict {
  const order = ["unexplained", "explained", "within-rounding"] as const;
  return order.find((verdict) => counts[verdict] > 0) ?? "matched";
}

/** Requirements as a whole: every stated total that has a line of ours. */
function bridges(
  base: readonly ComparedLine[],
  lines: readonly BreakLine[],
  sequence: readonly Step[],
): readonly Bridge[] {
  return base.flatMap(({ stated, line, own, depth }) => {
    if (line === undefined || own === undefined || stated.component !== "total" || depth > 0) return [];
    const { id: statedId, account, label, unit, amount: charged, digit } = stated;
    const after = sequence.map(({ swap, after: now }) => ({
      id: swap.id,
      label: swap.label,
      amount: now.get(statedId)?.own ?? own,
    }));
    const last = after.at(-1)?.amount ?? own;
    const closed =
      agreementOf(last, charged, digit) !== "open" ||
      lines.find((one) => one.statedId === statedId)?.verdict === "matched";
    return [bridgeOf({ statedId, account, label, unit, own, charged, digit, after, closed })];
  });
}

function positionBreaks({ portfolio }: MarginRun, statement: VenueStatement): readonly PositionBreak[] {
  if (statement.positions === undefined) return [];
  const totals = new Map<string, { own: number; stated: number }>();
  const add = (symbol: string, part: "own" | "stated", quantity: number) => {
    const entry = totals.get(symbol) ?? { own: 0, stated: 0 };
    entry[part] += quantity;
    totals.set(symbol, entry);
  };
  for (const position of portfolio.positions)
    if (isCovered(statement, position)) add(position.instrument.symbol, "own", position.quantity);
  for (const { instrument, quantity } of statement.positions) add(instrument.symbol, "stated", quantity);
  return [...totals]
    .filter(([, { own, stated }]) => Math.abs(own - stated) > 1e-12 * Math.max(Math.abs(own), Math.abs(stated)))
    .map(([symbol, amounts]) => ({ symbol, ...amounts }));
}

function mismatches({ run, statement }: BreakInput): readonly string[] {
  const { methodology, portfolio } = run;
  const listed = statement.methodologies.join(" or ");
  return [
    ...(statement.venue === methodology.venue
      ? []
      : [`the reply is of ${statement.venue}; ${methodology.id} is a method of ${methodology.venue}`]),
    ...(portfolio.venue === statement.venue
      ? []
      : [`the positions are of ${portfolio.venue}, the reply is of ${statement.venue}`]),
    ...(statement.methodologies.length === 0 || statement.methodologies.includes(methodology.id)
      ? []
      : [`the reply states margin of ${listed}; it is compared with ${methodology.id}`]),
    ...(statement.testnet ? ["the reply is of the venue's test network"] : []),
  ];
}
