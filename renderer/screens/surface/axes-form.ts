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
}

export function fieldsOf(axes: SurfaceAxes): AxesFields {
  const { price = defaultAxis, volatility = defaultAxis, volatilityMode = "relative" } = axes;
  return {
    priceFrom: percent(price.from),
    priceTo: percent(price.to),
    priceCount: price.count,
    volatilityFrom: percent(volatility.from),
    volatilityTo: percent(volatility.to),
    volatilityCount: volatility.count,
    volatilityMode,
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
  const volatility = axisOf("Volatility", fields.volatilityFrom, fields.volatilityTo, fields.volatilityCount);
  if (typeof volatility === "string") return { ok: false, problem: volatility };
  return { ok: true, axes: { price, volatility, volatilityMode: fields.volatilityMode } };
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
