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
  const elsewhere = rest.flatMap((row) => elsewhereWords(row, distance));
  if (distance.now.marginBalanceUsd === undefined) {
    return {
      headline: "No margin balance is known: set the equity to see how far the next call is.",
      others: [nearestWords(rows, distance), ...elsewhere].filter((words) => words !== ""),
    };
  }
  const headline =
    short.length > 0 ? `${short.join(", ")} ${short.length === 1 ? "is" : "are"} short of initial margin now.` : "";
  const calls = price === undefined ? "" : balanceWords("call", price, distance);
  return {
    headline: [headline, calls].filter((words) => words !== "").join(" "),
    others: [
      price === undefined ? "" : balanceWords("liquidation", price, distance),
      nearestWords(rows, distance),
      ...elsewhere,
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

/** `Next call at price −5.53 % (BTC 101,234 USD), account BTC; at +7.88 % (…), account BTC.` */
function balanceWords(kind: Balance, row: LadderRow, distance: KinkDistance): string {
  const sides = ([-1, 1] as const).flatMap((side) => firstOf(row, kind, side) ?? []);
  if (sides.length === 0) {
    const range = `${formatPercent(row.from, { decimals: 0 })} to ${formatPercent(row.to, { decimals: 0, signed: true })}`;
    return kind === "call" ? `No call within price moves of ${range}.` : `No liquidation within ${range}.`;
  }
  const several = new Set(row.kinks.map(({ account }) => account)).size > 1;
  const parts = sides.map((kink) => {
    const account = several ? `, account ${kink.account}` : "";
    return `${moveText(row.axis, kink.move)} (${levelText(row.axis, kink.move, distance)}${account})`;
  });
  return `${names[kind]} at ${row.label === "Price, all" ? "prices" : row.label.replace("Price ", "")} ${parts.join(" or ")}.`;
}

/** What changes first of all, whichever kind, on the prices. */
function nearestWords(rows: readonly LadderRow[], distance: KinkDistance): string {
  const row = rows.find(({ axis }) => axis.kind === "price");
  const [nearest] = [...(row?.kinks ?? [])].sort((a, b) => Math.abs(a.move) - Math.abs(b.move));
  if (!row || !nearest) return "";
  return `First change of the margin's structure at ${moveText(row.axis, nearest.move)} (${levelText(row.axis, nearest.move, distance)}): ${nearest.after}.`;
}

/** The first call of an axis other than price, else the first kink of any kind. */
function elsewhereWords(row: LadderRow, distance: KinkDistance): string[] {
  const call = ([-1, 1] as const).flatMap((side) => firstOf(row, "call", side) ?? []);
  const kinks = call.length > 0 ? call : [...row.kinks].sort((a, b) => Math.abs(a.move) - Math.abs(b.move)).slice(0, 1);
  return kinks.map(
    (kink) =>
      `${row.label}: ${wordOf(kink.kind)} ${row.axis.kind === "time" ? "" : "at "}${moveText(row.axis, kink.move)} (${levelText(row.axis, kink.move, distance)}).`,
  );
}

const wordOf = (kind: KinkKind): string => kinkWords[kind].toLowerCase();
