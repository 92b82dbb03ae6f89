import { formatInstant } from "../../../core/base/format.ts";
import { type CsvTable, exportName, saveFile } from "../../app/download.ts";
import type { Mark } from "../../app/marks.tsx";
import { columnWord, rowAxis, rowWord } from "../../figures/axes.ts";
import { type Borders, changeWords } from "../../figures/border-figure.ts";
import type { Figure } from "../../figures/figure.ts";
import { figureImage, printable } from "../../figures/figure-image.ts";
import { bindingAt, valueAt } from "../../figures/grid.ts";
import { hasLayer, type LayerId, layerOf, layers, type Surface } from "../../figures/layer.ts";
import { bindingKeys } from "../../figures/regions.ts";
import { daysText } from "../../figures/words.ts";
import { surfacePaper } from "./surface-paper.ts";

/** Every point with every layer, full precision; exact borders in the remarks. */
export function surfaceCsv(surface: Surface, borders?: Borders): CsvTable {
  const present = layers.filter(({ id }) => hasLayer(surface, id));
  const { priceMoves, volatilityChanges } = surface;
  const { title } = rowAxis(surface);
  const isPoints = title.endsWith("points");
  return {
    header: [
      `${columnWord(surface)} move (fraction)`,
      isPoints ? `${rowWord(surface)} change (fraction = points ÷ 100)` : `${rowWord(surface)} change (fraction)`,
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
      ...(surface.days === undefined ? [] : [`days that have passed: ${surface.days}`]),
      ...(borders?.lines.map((line) => `border, ${changeWords(line)}: ${Array.from(line.points).join(" ")}`) ?? []),
      ...(surface.overridden ? ["made under overrides"] : []),
    ],
    paper: surfacePaper(surface),
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
        `${escaped(portfolio)} at ${formatInstant(surface.asOfMs)} · ${surface.methodology} ${surface.version} · ${surface.accuracy}${surface.days ? ` · ${daysText(surface.days)}` : ""}`,
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
