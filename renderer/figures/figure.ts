import type { Data, Layout } from "plotly.js";
import { tokenColor } from "../app/theme/plotly-template.ts";
import type { ThemeName } from "../state/preferences.ts";

/** A Plotly figure as data: what every function of this folder returns and `PlotView` draws. */
export interface Figure {
  readonly data: Data[];
  readonly layout: Partial<Layout>;
  /** Another one follows at once: it is drawn into the margins of the one before. */
  readonly quick?: boolean;
}

/** Colours of a theme that lines and labels of a figure need; data colours come from the palette. */
export interface Ink {
  readonly text: string;
  readonly muted: string;
  readonly paper: string;
  /** First and second line of a line chart; also told apart by their dash. */
  readonly first: string;
  readonly second: string;
}

/** For exports, which are light whatever the theme on screen. */
export const lightInk: Ink = {
  text: "#1b2330",
  muted: "#6b7280",
  paper: "#ffffff",
  first: "#2858c5",
  second: "#b35806",
};

const inks = new Map<ThemeName, Ink>();

/** The ink of a theme; the page must show the theme when it is asked for first. */
export function themeInk(theme: ThemeName): Ink {
  const ink = inks.get(theme) ?? readInk();
  inks.set(theme, ink);
  return ink;
}

function readInk(): Ink {
  return {
    text: tokenColor("text"),
    muted: tokenColor("muted"),
    paper: tokenColor("panel"),
    first: tokenColor("accent"),
    second: tokenColor("loss"),
  };
}
