import type { SurfaceAxes } from "../../client/types.ts";

/** What stands in the fields: percent or points, as people write shocks. */
export interface AxesFields {
  readonly priceFrom: number | string;
  readonly priceTo: number | string;
  readonly priceCount: number | string;
  readonly volatilityFrom: number | string;
  readonly volatilityTo: number | string;
  readonly volatilityCount: number | string;
  readonly volatilityMode: "relative" | "absolute";
  /** What the rows move: `volatility`, `skew`, `term`, or `price:ETH`. */
  readonly vertical: string;
  /** The underlying that moves alone; empty: all. */
  readonly underlying: string;
  /** Days that pass, as a person writes them: `0, 7, 30`; empty: none. */
  readonly days: string;
}

export function fieldsOf(axes: SurfaceAxes): AxesFields {
  const {
    price = defaultAxis,
    volatility = defaultAxis,
    volatilityMode = "relative",
    vertical,
    underlying,
    days,
  } = axes;
  return {
    priceFrom: percent(price.from),
    priceTo: percent(price.to),
    priceCount: price.count,
    volatilityFrom: percent(volatility.from),
    volatilityTo: percent(volatility.to),
    volatilityCount: volatility.count,
    volatilityMode,
    vertical: vertical?.kind === "price" ? `price:${vertical.underlying}` : (vertical?.kind ?? "volatility"),
    underlying: underlying ?? "",
    days: days?.join(", ") ?? "",
  };
}

const defaultAxis = { from: -0.5, to: 0.5, count: 41 };
const most = 161;

/** The axes that the fields make, or what is wrong with them. */
export function axesOf(
  fields: AxesFields,
): { readonly ok: true; readonly axes: SurfaceAxes } | { readonly ok: false; readonly problem: string } {
  const price = axisOf("Price", fields.priceFrom, fields.priceTo, fields.priceCount);
  if (typeof price === "string") return { ok: false, problem: price };
  const volatility = axisOf(rowName(fields), fields.volatilityFrom, fields.volatilityTo, fields.volatilityCount);
  if (typeof volatility === "string") return { ok: false, problem: volatility };
  const days = daysOf(fields.days);
  if (typeof days === "string") return { ok: false, problem: days };
  const { underlying, volatilityMode } = fields;
  const vertical = verticalOf(fields.vertical);
  if (vertical?.kind === "price" && vertical.underlying === underlying)
    return { ok: false, problem: `Both axes move ${underlying}: name two underlyings.` };
  const axes = {
    ...{ price, volatility, volatilityMode },
    ...(vertical && { vertical }),
    ...(underlying !== "" && { underlying }),
    ...(days.length > 0 && { days }),
  };
  return { ok: true, axes };
}

/** `Volatility`, `Skew`, `ETH price`. */
export function rowName({ vertical }: Pick<AxesFields, "vertical">): string {
  if (vertical.startsWith(pricePrefix)) return `${vertical.slice(pricePrefix.length)} price`;
  return { skew: "Skew", term: "Term structure" }[vertical] ?? "Volatility";
}

const pricePrefix = "price:";

function verticalOf(vertical: string): SurfaceAxes["vertical"] {
  if (vertical.startsWith(pricePrefix)) return { kind: "price", underlying: vertical.slice(pricePrefix.length) };
  return vertical === "skew" || vertical === "term" ? { kind: vertical } : undefined;
}

const mostDates = 24;

/** Dates as written, or what is wrong with them. */
function daysOf(text: string): number[] | string {
  if (text.trim() === "") return [];
  const days = text
    .split(/[\s,;]+/)
    .filter((part) => part !== "")
    .map(Number);
  if (days.some((day) => !Number.isFinite(day) || day < 0)) return "Days: enter numbers from 0, such as 0, 7, 30.";
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  return sorted.length > mostDates ? `Days: at most ${mostDates} dates.` : sorted;
}

function axisOf(name: string, from: number | string, to: number | string, count: number | string) {
  const [low, high, points] = [Number(from), Number(to), Number(count)];
  if (from === "" || to === "" || !Number.isFinite(low) || !Number.isFinite(high))
    return `${name}: enter where it begins and ends.`;
  if (low <= -100) return `${name} begins at ${low} %: it must stay above −100 %.`;
  if (high <= low) return `${name} ends at ${high}: it must end above its begin ${low}.`;
  if (!Number.isInteger(points) || points < 2 || points > most) return `${name}: the number of points is 2 to ${most}.`;
  return { from: low / 100, to: high / 100, count: points };
}

function percent(fraction: number): number {
  return Math.round(fraction * 1e6) / 1e4;
}
