import { sum } from "../base/index.ts";
import type { StatedAmount, StatedKind, VenueStatement } from "../import/index.ts";
import type { AccountResult, MarginResult } from "../margin/index.ts";
import type { ComponentKind, Line } from "../methodology/index.ts";

/** `matched`: equal to the venue's digits; `within-rounding`: one unit of its last digit apart; `open`: further apart. */
export type Agreement = "matched" | "within-rounding" | "open";

/** A stated amount beside the line of ours that answers it. */
export interface ComparedLine {
  readonly stated: StatedAmount;
  /** Absent when the statement of ours has no such line. */
  readonly line?: Line;
  /** Amount of our line, or the venue's rule applied to our lines; absent when there is neither. */
  readonly own?: number;
  /** own − charged; a missing line counts 0. */
  readonly difference: number;
  readonly agreement: Agreement;
  /** Number of compared lines above it in our statement. */
  readonly depth: number;
}

/** Double arithmetic in another order moves a sum of many terms by less than this fraction of it. */
const arithmetic = 1e-12;

/**
 * Compares an own amount with a printed one.
 *
 * @param own     same unit as `charged`
 * @param digit   one unit of the last digit the venue prints; > 0
 * @param scale   amount whose arithmetic noise is allowed; default: the larger of the two
 */
export function agreementOf(own: number, charged: number, digit: number, scale?: number): Agreement {
  const apart = Math.abs(own - charged);
  const noise = arithmetic * (scale ?? Math.max(Math.abs(own), Math.abs(charged)));
  // the slack keeps a difference of exactly half a digit from falling to binary representation
  if (apart <= Math.max(noise, 0.5 * digit * (1 + 1e-9))) return "matched";
  return apart <= digit * (1 + 1e-9) ? "within-rounding" : "open";
}

/**
 * Every stated amount beside our line: by the ids the reply's format names, then by position, then by component kind where an
 * account has exactly one line of it. In the order of our statement; amounts without a line stand last.
 *
 * @param result    our result
 * @param statement what the venue stated
 */
export function comparedLines(result: MarginResult, statement: VenueStatement): readonly ComparedLine[] {
  const all = indexed(result);
  const taken = new Set<string>();
  const pairs = statement.amounts.map((stated) => {
    const line = lineOf(stated, all);
    if (line !== undefined) taken.add(line.line.id);
    return { stated, found: line };
  });
  const complete = pairs.map(({ stated, found }) => {
    const byKind = found ?? lineOfKind(stated, all, taken);
    if (byKind !== undefined) taken.add(byKind.line.id);
    return { stated, found: byKind };
  });
  const owns = new Map(complete.map(({ stated, found }) => [stated.id, found?.line.amount]));
  return complete
    .sort((a, b) => (a.found?.place ?? Number.MAX_SAFE_INTEGER) - (b.found?.place ?? Number.MAX_SAFE_INTEGER))
    .map(({ stated, found }) => compared(stated, found, found?.line.amount ?? ownOfParts(stated, owns), taken))
    .map((line, _, all) => withRoundedParts(line, all));
}

/** A total of printed parts may be off by half a digit of each of them. */
function withRoundedParts(line: ComparedLine, all: readonly ComparedLine[]): ComparedLine {
  const { stated, difference, agreement } = line;
  if (agreement !== "open" || stated.parts === undefined) return line;
  const { ids, factor } = stated.parts;
  const parts = all.filter((one) => ids.includes(one.stated.id));
  if (parts.length < ids.length || parts.some((part) => part.agreement === "open")) return line;
  const halves = 0.5 * (stated.digit + factor * sum(parts.map((part) => part.stated.digit)));
  return Math.abs(difference) <= halves * (1 + 1e-9) ? { ...line, agreement: "within-rounding" } : line;
}

/** Our amount of a stated one that is a line of the venue only: the venue's rule applied to our lines. */
function ownOfParts({ parts }: StatedAmount, owns: ReadonlyMap<string, number | undefined>): number | undefined {
  if (parts === undefined) return undefined;
  const amounts = parts.ids.flatMap((id) => owns.get(id) ?? []);
  return amounts.length < parts.ids.length ? undefined : parts.factor * sum(amounts);
}

interface Placed {
  readonly line: Line;
  readonly account: AccountResult;
  readonly place: number;
  readonly above: readonly Line[];
}

function indexed(result: MarginResult): readonly Placed[] {
  const placed: Placed[] = [];
  const visit = (line: Line, account: AccountResult, above: readonly Line[]) => {
    placed.push({ line, account, place: placed.length, above });
    for (const child of line.children) visit(child, account, [...above, line]);
  };
  for (const account of result.accounts) {
    for (const top of topsOf(account)) visit(top, account, []);
  }
  return placed;
}

function lineOf(stated: StatedAmount, all: readonly Placed[]): Placed | undefined {
  for (const pattern of stated.lines) {
    const matches = patternOf(pattern, stated.symbol !== undefined);
    const found = all.filter(
      ({ line }) => line.unit === stated.unit && matches(line.id) && isOfPosition(line, stated.symbol),
    );
    // below a position the first is its own line; a pattern that several lines fit names none of them
    if (found.length === 1 || stated.symbol !== undefined) return found[0];
  }
  return undefined;
}

function isOfPosition(line: Line, symbol: string | undefined): boolean {
  if (symbol === undefined) return true;
  return line.positionId === symbol || line.positionId?.startsWith(`${symbol}#`) === true;
}

function patternOf(pattern: string, below: boolean): (id: string) => boolean {
  if (below) return (id) => id.startsWith(`${pattern}/`);
  if (!pattern.includes("*")) return (id) => id === pattern;
  const parts = pattern.split("/");
  return (id) => {
    const own = id.split("/");
    return own.length === parts.length && parts.every((part, at) => part === "*" || part === own[at]);
  };
}

/** Kinds of which a method has one line an account, if any. */
const single: ReadonlySet<StatedKind & ComponentKind> = new Set(["roll", "delta", "contingency", "floor", "haircut"]);

function lineOfKind(stated: StatedAmount, all: readonly Placed[], taken: ReadonlySet<string>): Placed | undefined {
  if (!single.has(stated.component) || stated.lines.length > 0) return undefined;
  const candidates = all.filter(
    ({ line, account, above }) =>
      account.id === stated.account &&
      line.unit === stated.unit &&
      line.component === stated.component &&
      above.at(-1)?.component !== stated.component &&
      above[0]?.id === account.initial.id &&
      !taken.has(line.id),
  );
  return candidates.length === 1 ? candidates[0] : undefined;
}

function compared(
  stated: StatedAmount,
  found: Placed | undefined,
  own: number | undefined,
  taken: ReadonlySet<string>,
): ComparedLine {
  const depth = found?.above.filter(({ id }) => taken.has(id)).length ?? 0;
  const agreement = agreementOf(own ?? 0, stated.amount, stated.digit);
  return {
    stated,
    ...(found === undefined ? {} : { line: found.line }),
    ...(own === undefined ? {} : { own }),
    difference: (own ?? 0) - stated.amount,
    agreement,
    depth,
  };
}

/** Top lines of an account, those it has. */
function topsOf(account: AccountResult): readonly Line[] {
  const { initial, maintenance, equity, marginBalance, withdrawable, ratios = [], surplus = [] } = account;
  const tops = [initial, maintenance, equity, marginBalance, withdrawable, ...ratios, ...surplus];
  return tops.filter((top) => top !== undefined);
}
