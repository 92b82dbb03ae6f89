/** Colour scales for signed and one-sided quantities; step 1 is the worst loss, step 11 the best gain. */

export const paletteIds = ["puor", "rdbu", "classic", "asian"] as const;

export type PaletteId = (typeof paletteIds)[number];

export interface Palette {
  readonly id: PaletteId;
  readonly title: string;
  readonly steps: readonly string[];
}

const greenRed = [
  ...["#a50026", "#d73027", "#f46d43", "#fdae61", "#fee08b", "#f7f7f7"],
  ...["#d9ef8b", "#a6d96a", "#66bd63", "#1a9850", "#006837"],
];

export const palettes: Readonly<Record<PaletteId, Palette>> = {
  puor: {
    id: "puor",
    title: "Orange and purple",
    steps: [
      ...["#7f3b08", "#b35806", "#e08214", "#fdb863", "#fee0b6", "#f7f7f7"],
      ...["#d8daeb", "#b2abd2", "#8073ac", "#542788", "#2d004b"],
    ],
  },
  rdbu: {
    id: "rdbu",
    title: "Red and blue",
    steps: [
      ...["#67001f", "#b2182b", "#d6604d", "#f4a582", "#fddbc7", "#f7f7f7"],
      ...["#d1e5f0", "#92c5de", "#4393c3", "#2166ac", "#053061"],
    ],
  },
  classic: { id: "classic", title: "Classic: red loss, green gain", steps: greenRed },
  asian: { id: "asian", title: "Asian: green loss, red gain", steps: [...greenRed].reverse() },
};

/** Light to dark, monotone in lightness: for requirements, which are never negative. */
export const sequentialSteps: readonly string[] = [
  ...["#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b"],
];

/** Categories (accounts, expiries): at most eight hues, to be repeated with another dash or marker. */
export const categorySteps: readonly string[] = [
  ...["#2858c5", "#b35806", "#00796b", "#8e3a9d", "#5a6472", "#a3161a", "#4d7c0f", "#0e7490"],
];

/** The same hues for dark backgrounds; each at least 6:1 on the dark panel. */
const darkCategorySteps: readonly string[] = [
  ...["#86aeff", "#fdb863", "#5fc9b8", "#d9a3ea", "#b8c2cf", "#ff9c97", "#b6d873", "#6fc7e0"],
];

/** Category colours of a theme, in the same order. */
export function categoriesOf(theme: "light" | "dark" | "contrast"): readonly string[] {
  return theme === "light" ? categorySteps : darkCategorySteps;
}

/** A scale as Plotly takes it. */
export function colorScale(steps: readonly string[]): [number, string][] {
  return steps.map((color, index) => [index / (steps.length - 1), color]);
}

/**
 * Step of a diverging palette for a value; the midpoint is exactly zero and the scale symmetric.
 *
 * @param value any sign
 * @param range largest |value| of the scale; > 0
 * @returns 0 to 10; 5 inside the neutral band of 0.5 % of the range
 */
export function divergingStep(value: number, range: number): number {
  const share = range > 0 ? Math.max(-1, Math.min(1, value / range)) : 0;
  if (Math.abs(share) < 0.005) return 5;
  const distance = Math.min(5, Math.max(1, Math.ceil(Math.abs(share) * 5)));
  return 5 + Math.sign(share) * distance;
}

/** Text that can be read on a background: black or white, whichever has more contrast. */
export function textOn(background: string): "#000000" | "#ffffff" {
  const luminance = relativeLuminance(background);
  return (luminance + 0.05) / 0.05 >= 1.05 / (luminance + 0.05) ? "#000000" : "#ffffff";
}

/** WCAG relative luminance of `#rrggbb`, 0 to 1. */
function relativeLuminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const channel = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
