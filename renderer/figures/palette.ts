import { colorScale } from "../app/theme/palettes.ts";

/** Values nearer to zero than this share of the largest take the colour of zero. */
const neutralShare = 0.005;

/** A palette as Plotly takes it; the neutral band around the middle of a diverging one is flat. */
export function plotlyScale(steps: readonly string[], diverging: boolean): [number, string][] {
  const middle = steps[(steps.length - 1) / 2];
  const even = colorScale(steps);
  if (!diverging || middle === undefined) return even;
  const half = (steps.length - 1) / 2;
  const band: [number, string][] = [
    [0.5 - neutralShare / 2, middle],
    [0.5 + neutralShare / 2, middle],
  ];
  return [...even.slice(0, half), ...band, ...even.slice(half + 1)];
}
