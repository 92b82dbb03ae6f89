import { formatNumber } from "../../core/base/format.ts";
import type { Surface } from "./layer.ts";

export interface ShockAxis {
  readonly title: string;
  readonly tickformat: string;
  readonly hoverformat: string;
  readonly ticksuffix: string;
  /** A shock as the axis shows it: fractions stay fractions (the format shows percent), points become points. */
  readonly shown: (shock: number) => number;
}

export const priceAxis: ShockAxis = {
  title: "Price move",
  tickformat: "+.0%",
  hoverformat: "+.1%",
  ticksuffix: "",
  shown: (shock) => shock,
};

export function volatilityAxis(mode: Surface["volatilityMode"]): ShockAxis {
  return mode === "relative"
    ? { ...priceAxis, title: "Volatility change" }
    : {
        title: "Volatility change, points",
        tickformat: "+.0f",
        hoverformat: "+.1f",
        ticksuffix: " pts",
        shown: (shock) => shock * 100,
      };
}

const pointsAxis = (title: string): ShockAxis => ({ ...volatilityAxis("absolute"), title });

type Moves = Pick<Surface, "volatilityMode"> & Partial<Pick<Surface, "vertical" | "underlying">>;

/** What the rows of a surface move. */
export function rowAxis({ vertical, volatilityMode }: Moves): ShockAxis {
  switch (vertical?.kind) {
    case "skew":
      return pointsAxis("Skew, points");
    case "term":
      return pointsAxis("Term structure, points");
    case "price":
      return { ...priceAxis, title: `${vertical.underlying} price move` };
    default:
      return volatilityAxis(volatilityMode);
  }
}

/** What the columns of a surface move. */
export function columnAxis({ underlying }: Moves): ShockAxis {
  return underlying === undefined ? priceAxis : { ...priceAxis, title: `${underlying} price move` };
}

/** The rows in a word: `volatility`, `skew`, `ETH price`. */
export function rowWord({ vertical }: Moves): string {
  if (vertical?.kind === "price") return `${vertical.underlying} price`;
  return vertical?.kind === "term" ? "term structure" : (vertical?.kind ?? "volatility");
}

export const columnWord = ({ underlying }: Moves): string =>
  underlying === undefined ? "price" : `${underlying} price`;

/** Plotly's members of an axis that shows shocks. */
export function axisLayout({ title, tickformat, hoverformat, ticksuffix }: ShockAxis) {
  return { title: { text: title }, tickformat, hoverformat, ticksuffix };
}

/** Ticks at round shocks, about `pieces` apart, written as everywhere else: `0 %`, not `+0%`. */
export function shockTicks(axis: ShockAxis, shocks: ArrayLike<number>, pieces: number = 5) {
  const low = shocks[0] ?? 0;
  const high = shocks[shocks.length - 1] ?? 0;
  const step = high > low ? roundStep(high - low, pieces) : 1;
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.max(1, Math.floor(high / step + 1e-9) - first + 1);
  const ticks = Array.from({ length: count }, (_, place) => Math.round((first + place) * step * 1e6) / 1e6);
  return { tickvals: ticks.map(axis.shown), ticktext: ticks.map((tick) => shockText(axis, tick)) };
}

/** A shock in words of the axis: `−16 %`, `+2.5 pts`; as many decimals as it has, at most two. */
export function shockText({ ticksuffix }: ShockAxis, shock: number): string {
  const amount = Math.round(shock * 10_000) / 100;
  const decimals = Number.isInteger(amount) ? 0 : Number.isInteger(amount * 10) ? 1 : 2;
  return formatNumber(amount, { decimals, signed: true, unit: ticksuffix === "" ? "%" : ticksuffix.trim() });
}

/** A round step that divides `range` into about `pieces`: 1, 2 or 5 times a power of ten. */
export function roundStep(range: number, pieces: number): number {
  const rough = range / pieces;
  const power = 10 ** Math.floor(Math.log10(rough));
  const digit = [1, 2, 5].find((candidate) => candidate * power >= rough) ?? 10;
  return digit * power;
}
