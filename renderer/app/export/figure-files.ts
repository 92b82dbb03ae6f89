import type { Failure } from "../../client/types.ts";
import { figureImage, printable } from "../../figures/figure-image.ts";
import { session } from "../../state/session.ts";
import { exportName, saveFile } from "../download.ts";
import type { Mark } from "../marks.tsx";
import { factsOf } from "./facts.ts";
import { inLightInk, type ShownFigure } from "./panel-figures.ts";

interface ImageWords {
  readonly panel: string;
  readonly title: string;
  readonly marks: readonly Mark[];
}

/** The charts of a panel as PNG at twice their size: title, source, method and marks inside, light whatever the theme. */
export async function saveImages(figures: readonly ShownFigure[], words: ImageWords): Promise<Failure | undefined> {
  for (const [at, shown] of figures.entries()) {
    const bytes = await imageOf(shown, words);
    const name = figures.length === 1 ? words.panel : `${words.panel}-${at + 1}`;
    saveFile(exportName(name, "png"), bytes, "image/png");
  }
  return undefined;
}

/** One chart as PNG. */
export function imageOf(shown: ShownFigure, { title, marks }: ImageWords): Promise<Uint8Array<ArrayBuffer>> {
  const { result } = session.getState();
  const lines = [
    shown.label,
    ...factsOf(result, [])
      .filter(([label]) => ["portfolio", "market", "methodology"].includes(label))
      .map(([label, value]) => `${label} ${value.replace(/ (parameters )?sha256 \S+/, "")}`),
    marks.map(({ text }) => text).join(", "),
  ].filter((line) => line !== "");
  const drawn = printable(inLightInk(shown), { title: escaped(title), lines: lines.map(escaped) });
  return figureImage(drawn, { width: 1200, height: 760, scale: 2 });
}

/** Plotly reads its texts as a little HTML. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
