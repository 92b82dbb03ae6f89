import { createContext, useContext, useEffect, useRef } from "react";
import { type Figure, type Ink, lightInk } from "../../figures/figure.ts";

/** A chart of a panel, for its image files and for paper. */
export interface ShownFigure {
  readonly figure: Figure;
  /** Ink it is drawn with on screen. */
  readonly ink: Ink;
  readonly label: string;
  /** The same in words. */
  readonly description: string;
}

/** Charts that stand in a panel now; the frame of the panel holds the set. */
export type PanelFigures = Set<{ readonly current: ShownFigure }>;

export const PanelFiguresContext = createContext<PanelFigures | undefined>(undefined);

/** A chart tells the panel it stands in of itself, as long as it is there. */
export function usePanelFigure(shown: ShownFigure): void {
  const figures = useContext(PanelFiguresContext);
  const latest = useRef(shown);
  latest.current = shown;
  useEffect(() => {
    figures?.add(latest);
    return () => void figures?.delete(latest);
  }, [figures]);
}

/** A figure with the colours of paper: what the theme coloured changes, what shows data stays. */
export function inLightInk({ figure, ink }: Pick<ShownFigure, "figure" | "ink">): Figure {
  const colors = new Map<unknown, string>();
  for (const name of Object.keys(lightInk) as (keyof Ink)[]) colors.set(ink[name], lightInk[name]);
  const recolored = (value: unknown): unknown => {
    if (typeof value === "string") return colors.get(value) ?? value;
    if (Array.isArray(value)) return value.map(recolored);
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, recolored(part)]));
  };
  return { data: figure.data.map(recolored), layout: recolored(figure.layout) } as Figure;
}
