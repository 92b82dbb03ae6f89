/** A diverging scale of eleven steps, from the worst loss to the best gain; the sixth is zero. */
export type DivergingName = "puOr" | "rdBu" | "classic" | "asian";

const puOr = [
  ...["#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6", "#f7f7f7"],
  ...["#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b"],
];
const rdBu = [
  ...["#67001f", "#b2182b", "#d6604d", "#f4a582", "#fddbc7", "#f7f7f7"],
  ...["#d1e5f0", "#92c5de", "#4393c3", "#2166ac", "#053061"],
];
const classic = [
  ...["#67001f", "#b2182b", "#d6604d", "#f4a582", "#fddbc7", "#f7f7f7"],
  ...["#d9f0d3", "#a6dba0", "#5aae61", "#1b7837", "#00441b"],
];

/** ColorBrewer scales; the default stays apart for every kind of colour vision, the last two only by the user's choice. */
export const divergingScales: Readonly<Record<DivergingName, readonly string[]>> = {
  puOr,
  rdBu,
  classic,
  asian: [...classic].reverse(),
};

/** One hue, light to dark: for quantities that are never negative. */
export const sequentialScale: readonly string[] = [
  ...["#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"],
];

/** Values nearer to zero than this share of the largest take the colour of zero. */
export const neutralShare = 0.005;

export interface CellColour {
  readonly background: string;
  readonly text: string;
  /** 1 worst loss, 6 zero, 11 best gain. */
  readonly step: number;
}

/**
 * Colour of one cell on a scale symmetric about zero. White text on the two darkest steps of each end, black between:
 * at least 4.9:1 on every step of the default scale.
 */
export function divergingColour(value: number, limit: number, name: DivergingName = "puOr"): CellColour {
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
  const steps = share < neutralShare ? 0 : Math.ceil(share * 5);
  const step = 6 + Math.sign(value) * steps;
  return {
    background: divergingScales[name][step - 1] ?? "#f7f7f7",
    text: step <= 2 || step >= 10 ? "#ffffff" : "#000000",
    step,
  };
}

/** A Plotly colour scale: colours evenly spaced, the neutral band around the middle of a diverging scale flat. */
export function plotlyScale(colours: readonly string[], diverging: boolean): [number, string][] {
  const last = colours.length - 1;
  const even = colours.map((colour, index): [number, string] => [index / last, colour]);
  const middle = colours[last / 2];
  if (!diverging || middle === undefined) return even;
  const band: [number, string][] = [
    [0.5 - neutralShare / 2, middle],
    [0.5 + neutralShare / 2, middle],
  ];
  return [...even.slice(0, last / 2), ...band, ...even.slice(last / 2 + 1)];
}
