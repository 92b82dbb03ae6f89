/**
 * A place on an axis as a number. Plotly answers places on a date axis as texts in UTC without a zone, shortened where the rest is zero:
 * `2026-02-04 08:30`.
 *
 * @returns the number given, or UTC ms; `undefined` for anything else
 */
export function plotTime(place: unknown): number | undefined {
  if (typeof place === "number") return place;
  if (typeof place !== "string" || !/^\d{4}-\d{2}-\d{2}/.test(place)) return undefined;
  const ms = Date.parse(place.length === 10 ? place : `${place.replace(" ", "T")}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}

/** Members of an axis through time; tick labels are ISO days. */
export const timeAxis = { type: "date", tickformat: "%Y-%m-%d", hoverformat: "%Y-%m-%d %H:%MZ", nticks: 8 } as const;
