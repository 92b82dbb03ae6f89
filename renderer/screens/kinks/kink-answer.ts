import { formatPercent } from "../../../core/base/format.ts";
import type { Kink, KinkDistance, KinkKind } from "../../client/stress.ts";
import {
  fallsShort,
  firstOf,
  kinkWords,
  type LadderRow,
  ladderRows,
  levelText,
  moveText,
} from "../../figures/kink-ladder.ts";

/** The answer in sentences: the next call, the next liquidation, and what comes first on the other axes. */
export interface KinkAnswer {
  readonly headline: string;
  readonly others: readonly string[];
}

type Balance = "call" | "liquidation";
const names: Readonly<Record<Balance, string>> = { call: "Next call", liquidation: "Liquidation" };

export function kinkAnswer(distance: KinkDistance): KinkAnswer {
  const rows = ladderRows(distance);
  const price = rows.find(({ axis }) => axis.kind === "price");
  const rest = rows.filter(({ axis }) => axis.kind !== "price");
  const short = accountsShort(rows);
  const elsewhere = rest.flatMap((row) => elsewhereWords(row));
  if (distance.now.marginBalanceUsd === undefined) {
    return {
      headline: "No margin balance is known: set the equity to see how far the next call is.",
      others: [nearestWords(rows), elsewhere.join(" ")].filter((words) => words !== ""),
    };
  }
  const shortNow =
    short.length > 0 ? `${short.join(", ")} ${short.length === 1 ? "is" : "are"} short of initial margin now.` : "";
  const calls = price === undefined ? "" : balanceWords("call", price, distance, true);
  return {
    headline: [shortNow, calls].filter((words) => words !== "").join(" "),
    others: [
      price === undefined ? "" : balanceWords("liquidation", price, distance, false),
      nearestWords(rows),
      elsewhere.join(" "),
    ].filter((words) => words !== ""),
  };
}

/** Accounts whose balance recovers somewhere: they are below initial margin now. */
function accountsShort(rows: readonly LadderRow[]): readonly string[] {
  const found = rows.flatMap(({ kinks }) =>
    kinks.filter((kink) => kink.kind === "call" && !fallsShort(kink) && / below /.test(kink.before)),
  );
  const first = new Map<string, Kink>();
  for (const kink of found) first.set(kink.account, kink);
  // Short at a kink that lies beyond another call is not short now.
  return [...first.keys()].filter((account) =>
    rows.some(({ kinks }) => {
      const own = kinks.filter((kink) => kink.kind === "call" && kink.account === account);
      const [nearest] = own.sort((a, b) => Math.abs(a.move) - Math.abs(b.move));
      return nearest !== undefined && !fallsShort(nearest);
    }),
  );
}

/** `Next call at prices −5.53 % (BTC 89,040, ETH 3,005 USD) or +7.88 % (…).` */
function balanceWords(kind: Balance, row: LadderRow, distance: KinkDistance, levels: boolean): string {
  const sides = ([-1, 1] as const).flatMap((side) => firstOf(row, kind, side) ?? []);
  if (sides.length === 0) {
    const range = `${formatPercent(row.from, { decimals: 0 })} to ${formatPercent(row.to, { decimals: 0, signed: true })}`;
    return kind === "call" ? `No call within price moves of ${range}.` : `No liquidation within ${range}.`;
  }
  const several = new Set(row.kinks.map(({ account }) => account)).size > 1;
  const parts = sides.map((kink) => {
    const level = levels ? ` (${levelText(row.axis, kink.move, distance)})` : several ? ` (${kink.account})` : "";
    return `${moveText(row.axis, kink.move)}${level}`;
  });
  const of = row.label === "Price, all" ? "prices" : row.label.replace("Price ", "");
  return `${names[kind]} at ${of} ${parts.join(" or ")}.`;
}

/** What changes first of all, whichever kind, on the prices. */
function nearestWords(rows: readonly LadderRow[]): string {
  const row = rows.find(({ axis }) => axis.kind === "price");
  const [nearest] = [...(row?.kinks ?? [])].sort((a, b) => Math.abs(a.move) - Math.abs(b.move));
  if (!row || !nearest) return "";
  return `First change of structure at ${moveText(row.axis, nearest.move)}: ${nearest.after}.`;
}

/** The first call of an axis other than price, else the first kink of any kind. */
function elsewhereWords(row: LadderRow): string[] {
  const call = ([-1, 1] as const).flatMap((side) => firstOf(row, "call", side) ?? []);
  const kinks = call.length > 0 ? call : [...row.kinks].sort((a, b) => Math.abs(a.move) - Math.abs(b.move)).slice(0, 1);
  return kinks.map(
    (kink) =>
      `${row.label}: ${wordOf(kink.kind)} ${row.axis.kind === "time" ? "" : "at "}${moveText(row.axis, kink.move)}.`,
  );
}

const wordOf = (kind: KinkKind): string => kinkWords[kind].toLowerCase();
