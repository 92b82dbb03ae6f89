import { formatInstant } from "../../../core/base/format.ts";
import { type CsvTable, exportName, saveFile } from "../../app/download.ts";
import type { Mark } from "../../app/marks.tsx";
import type { Figure } from "../../figures/figure.ts";
import { figureImage, printable } from "../../figures/figure-image.ts";
import { bindingAt, valueAt } from "../../figures/grid.ts";
import { hasLayer, type LayerId, layerOf, layers, type Surface } from "../../figures/layer.ts";
import { bindingKeys } from "../../figures/regions.ts";

/** Every point with every layer, full precision. */
export function surfaceCsv(surface: Surface): CsvTable {
  const present = layers.filter(({ id }) => hasLayer(surface, id));
  const { priceMoves, volatilityChanges, volatilityMode } = surface;
  return {
    header: [
      "price move (fraction)",
      volatilityMode === "relative" ? "volatility change (fraction)" : "volatility change (fraction = points ÷ 100)",
      ...present.map(({ label, unit }) => `${label} (${unit})`),
      "binding scenario",
    ],
    rows: Array.from(volatilityChanges).flatMap((change, row) =>
      Array.from(priceMoves, (move, column) => [
        move,
        change,
        ...present.map(({ id }) => valueAt(surface, id, { row, column })),
        bindingAt(surface, { row, column }),
      ]),
    ),
    remarks: [
      `surface ${surface.stage}, kernel ${surface.kernel}`,
      ...(surface.overridden ? ["made under overrides"] : []),
    ],
  };
}

/** The chart as PNG at twice its size, with title, units, time, method and marks inside; always light. */
export async function saveSurfacePng(
  figure: Figure,
  surface: Surface,
  layer: LayerId,
  portfolio: string,
  marks: readonly Mark[],
  lettered: boolean,
): Promise<void> {
  const { label, unit } = layerOf(layer);
  const words = marks.map(({ text }) => text).join(", ");
  const bytes = await figureImage(
    printable(figure, {
      title: `${label}, ${unit}`,
      lines: [
        `${escaped(portfolio)} at ${formatInstant(surface.asOfMs)} · ${surface.methodology} ${surface.version} · ${surface.accuracy}`,
        ...(words === "" ? [] : [escaped(words)]),
        ...(lettered ? bindingKeys(surface).map((key) => escaped(`${key.letter}: ${key.label}`)) : []),
      ],
    }),
    { width: 1200, height: 800, scale: 2 },
  );
  saveFile(exportName(`surface-${layer}`, "png"), bytes, "image/png");
}

/** Plotly reads its texts as a little HTML. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
