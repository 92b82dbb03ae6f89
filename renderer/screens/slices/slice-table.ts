import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "../../figures/axes.ts";
import { borderKinks } from "../../figures/border-figure.ts";
import { bindingAt, type GridPoint, valueAt } from "../../figures/grid.ts";
import { layerOf, type Surface } from "../../figures/layer.ts";
import type { SliceOptions } from "../../figures/slice-figure.ts";
import type { FigureTable } from "../../grids/figure-grid.tsx";

/** Both cuts as one table: figures at their points, then the kinks between them. */
export function sliceTable(
  surface: Surface,
  { layer, at, borders, other }: Pick<SliceOptions, "layer" | "at" | "borders" | "other">,
): FigureTable {
  const { label, unit } = layerOf(layer);
  const cuts = [
    { along: "price", axis: columnAxis(surface), word: columnWord(surface), shocks: surface.priceMoves },
    { along: "volatility", axis: rowAxis(surface), word: rowWord(surface), shocks: surface.volatilityChanges },
  ] as const;
  const points = cuts.flatMap(({ along, axis, word, shocks }) =>
    Array.from(shocks, (shock, index) => {
      const place: GridPoint = along === "price" ? { row: at.row, column: index } : { row: index, column: at.column };
      const own = valueAt(surface, layer, place);
      const second = other && valueAt(other.surface, layer, place);
      const binding = bindingAt(surface, place);
      const sides = other ? [second, own === undefined || second === undefined ? undefined : own - second] : [];
      return [`over ${word}`, shockText(axis, shock), own, ...sides, binding];
    }),
  );
  const kinks = cuts.flatMap(({ along, axis, word }) => {
    if (borders === undefined) return [];
    const fixed = (along === "price" ? surface.volatilityChanges[at.row] : surface.priceMoves[at.column]) ?? 0;
    return borderKinks(borders, along, fixed).map(({ at: shock, to, text }) => [
      `kink over ${word}`,
      shockText(axis, shock),
      undefined,
      ...(other ? [undefined, undefined] : []),
      borders.by === "binding" ? `${to} takes over` : text,
    ]);
  });
  return {
    columns: [
      { header: "Cut", width: 150 },
      { header: "Shock", width: 90 },
      { header: `${other ? "A: " : ""}${label} (${unit})`, decimals: 2, width: 170 },
      ...(other
        ? [
            { header: `B: ${label} (${unit})`, decimals: 2, width: 170 },
            { header: `A − B (${unit})`, decimals: 2, signed: true, width: 150 },
          ]
        : []),
      { header: "Binding scenario", width: 260 },
    ],
    rows: [...points, ...kinks],
  };
}
