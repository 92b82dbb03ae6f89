/** How much of the time is shown. */
export type Zoom = "all" | "year" | "quarter" | "month";

export const zooms: readonly { readonly value: Zoom; readonly label: string }[] = [
  { value: "all", label: "All" },
  { value: "year", label: "1 y" },
  { value: "quarter", label: "3 m" },
  { value: "month", label: "1 m" },
];

const dayMs = 86_400_000;
const lengths: Readonly<Record<Exclude<Zoom, "all">, number>> = { year: 365, quarter: 92, month: 31 };

/** Instants drawn at once before the chart begins with a part: each is a bar and a point of every line. */
const drawnAtOnce = 800;

/** The zoom a chart begins with. */
export function firstZoom(instants: number): Zoom {
  return instants > drawnAtOnce ? "year" : "all";
}

/**
 * First and last instant shown: around the chosen day, else the end of the series.
 *
 * @param timesMs ascending
 */
export function zoomRange(
  timesMs: readonly number[],
  zoom: Zoom,
  day: number | undefined,
): { readonly fromMs: number; readonly toMs: number } {
  const [first, last] = [timesMs[0] ?? 0, timesMs.at(-1) ?? 0];
  if (zoom === "all") return { fromMs: first, toMs: last };
  const length = lengths[zoom] * dayMs;
  const end = Math.min(last, Math.max(first + length, day === undefined ? last : day + length / 2));
  return { fromMs: end - length, toMs: end };
}
