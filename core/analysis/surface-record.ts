import type { SurfacePoint } from "./surface-point.ts";

/** Figures of a point, in the order in which threads hand them over; then stands the index of its binding text, −1 without. */
export const pointFigures = [
  "pnl",
  "initial",
  "maintenance",
  "headroom",
  "callRoom",
  "delta",
  "gamma",
  "vega",
  "theta",
] as const;

/** Doubles of a point. */
export const pointWidth = pointFigures.length + 1;

/** Stands for a figure that a point lacks. */
const none = Number.NaN;

/**
 * Writes a point into a result.
 *
 * @param place of the point within `out`
 * @param note  keeps a text and returns its index
 */
export function writePoint(
  out: Float64Array,
  place: number,
  point: SurfacePoint,
  note: (text: string) => number,
): void {
  pointFigures.forEach((name, i) => {
    out[place * pointWidth + i] = point[name] ?? none;
  });
  out[place * pointWidth + pointFigures.length] = point.binding === undefined ? -1 : note(point.binding);
}

/**
 * Reads the point that starts at `from`.
 *
 * @param values points of `pointWidth` numbers each
 * @param texts  names of the block, by the number that a point notes
 */
export function readPoint(values: Float64Array, from: number, texts: readonly string[]): SurfacePoint {
  const value = (name: (typeof pointFigures)[number]): number => values[from + pointFigures.indexOf(name)] ?? none;
  const [headroom, callRoom] = [value("headroom"), value("callRoom")];
  const binding = texts[values[from + pointFigures.length] ?? -1];
  return {
    pnl: value("pnl"),
    initial: value("initial"),
    maintenance: value("maintenance"),
    delta: value("delta"),
    gamma: value("gamma"),
    vega: value("vega"),
    theta: value("theta"),
    ...(Number.isNaN(headroom) ? {} : { headroom }),
    ...(Number.isNaN(callRoom) ? {} : { callRoom }),
    ...(binding === undefined ? {} : { binding }),
  };
}
