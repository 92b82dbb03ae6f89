import { formatInstant, formatNumber } from "../../core/base/format.ts";
import type { Kink, KinkAxis, KinkDistance, KinkKind, MarketLevel } from "../client/stress.ts";

/** One axis with what lies on both sides of the book, nearest first on each. */
export interface LadderRow {
  readonly axis: KinkAxis;
  readonly label: string;
  /** Ends of the search, moves of the axis. */
  readonly from: number;
  readonly to: number;
  readonly kinks: readonly Kink[];
}

export const kinkWords: Readonly<Record<KinkKind, string>> = {
  call: "Margin call",
  liquidation: "Liquidation",
  equity: "Equity crosses 0",
  expiry: "Expiry",
  scenario: "Other binding scenario",
  tier: "Tier",
  floor: "Floor",
  concentration: "Concentration charge",
  charge: "Charge starts or stops",
  component: "Other binding part",
};

/** In the order of legends and lists: what an account holder fears first comes first. */
export const kinkOrder = Object.keys(kinkWords) as readonly KinkKind[];

/** Axes in the order of the answer, their two directions joined. */
export function ladderRows({ directions }: Pick<KinkDistance, "directions">): LadderRow[] {
  const rows = new Map<string, LadderRow>();
  for (const { axis, searchedTo, kinks, direction } of directions) {
    const key = `${axis.kind} ${axis.underlying ?? ""}`;
    const row = rows.get(key) ?? { axis, label: axisLabel(axis), from: 0, to: 0, kinks: [] };
    const end = direction === "down" ? { from: searchedTo } : { to: searchedTo };
    rows.set(key, { ...row, ...end, kinks: [...row.kinks, ...kinks] });
  }
  return [...rows.values()];
}

export function axisLabel({ kind, underlying }: KinkAxis): string {
  const word = { price: "Price", volatility: "Volatility", size: "Size", time: "Time" }[kind];
  if (underlying !== undefined) return `${word} ${underlying}`;
  return kind === "price" || kind === "volatility" ? `${word}, all` : word;
}

/** `−12.30 %`, `in 6.98 days`. */
export function moveText({ kind }: KinkAxis, move: number): string {
  if (kind === "time") return `in ${formatNumber(move, { decimals: 2 })} days`;
  return formatNumber(move * 100, { decimals: 2, signed: true, unit: "%" });
}

/** Where a move ends, as prices, volatilities, quantities or an instant; at most `most` underlyings. */
export function levelText(
  { kind, underlying }: KinkAxis,
  move: number,
  { levels, asOfMs }: Pick<KinkDistance, "levels" | "asOfMs">,
  most = 2,
): string {
  if (kind === "time") return formatInstant(asOfMs + move * 86_400_000);
  if (kind === "size") return `${formatNumber(1 + move, { significant: 4 })} × the quantities`;
  const named = levels.filter((level) => underlying === undefined || level.underlying === underlying);
  const texts = named.flatMap((level) => {
    const text = kind === "price" ? priceText(level, move) : volatilityText(level, move);
    return text === undefined ? [] : [underlying === undefined ? `${level.underlying} ${text}` : text];
  });
  if (texts.length === 0) return "no level known";
  const unit = kind === "price" ? "USD" : "vol points";
  const rest = texts.length - most;
  const shown = texts.slice(0, most).join(", ");
  return rest > 0 ? `${shown} ${unit}, and ${rest} more` : `${shown} ${unit}`;
}

/** Indices are in USD or a stable coin of it; cents only where they say something. */
function priceText({ price }: MarketLevel, move: number): string {
  const level = price * (1 + move);
  return formatNumber(level, { ...(Math.abs(level) >= 1000 ? { decimals: 0 } : { significant: 4 }) });
}

function volatilityText({ volatility }: MarketLevel, move: number): string | undefined {
  if (volatility === undefined) return undefined;
  return `${volatility.tenorDays}-day ${formatNumber(volatility.level * 100 * (1 + move), { decimals: 1 })}`;
}

/** Whether a balance falls short from here on; the other way it recovers. */
export function fallsShort({ kind, after }: Kink): boolean {
  return (kind === "call" || kind === "liquidation" || kind === "equity") && / below /.test(after);
}

/** The kink of a kind that comes first on one side of a row. */
export function firstOf(row: LadderRow, kind: KinkKind, side: -1 | 1): Kink | undefined {
  return row.kinks
    .filter((kink) => kink.kind === kind && Math.sign(kink.move) === side && fallsShort(kink))
    .sort((a, b) => Math.abs(a.move) - Math.abs(b.move))[0];
}
