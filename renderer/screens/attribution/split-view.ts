import { categoriesOf } from "../../app/theme/palettes.ts";
import type { Attribution } from "../../figures/attribution.ts";
import { treemapFigure, waterfallFigure } from "../../figures/attribution-figure.ts";
import type { Figure, Ink } from "../../figures/figure.ts";
import type { ThemeName } from "../../state/preferences.ts";

export type SplitView = "waterfall" | "treemap" | "table";

export const splitViews = [
  { value: "waterfall", label: "Waterfall" },
  { value: "treemap", label: "Treemap" },
  { value: "table", label: "Table" },
] as const;

/** The chart of a view; a table has the waterfall behind it. */
export const drawnOf = (view: SplitView): "waterfall" | "treemap" => (view === "table" ? "waterfall" : view);

export interface SplitViewProps {
  readonly view: SplitView;
  readonly onView: (view: SplitView) => void;
}

export function figureOf(chosen: Attribution, view: "waterfall" | "treemap", ink: Ink, theme: ThemeName): Figure {
  return view === "waterfall"
    ? waterfallFigure(chosen, ink)
    : treemapFigure(chosen, { ink, categories: categoriesOf(theme) });
}
