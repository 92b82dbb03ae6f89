import type { Figure } from "../figures/figure.ts";
import { figureImage, printable } from "../figures/figure-image.ts";
import { exportName, saveFile } from "./download.ts";

interface FigureExport {
  readonly title: string;
  /** Book, time, method and marks: they belong inside the image. */
  readonly lines: readonly string[];
  /** Panel and view, for the file name. */
  readonly name: string;
  readonly width?: number;
  readonly height?: number;
}

/** A figure as PNG at twice its size; give it in light ink. */
export async function saveFigurePng(figure: Figure, { title, lines, name, ...size }: FigureExport): Promise<void> {
  const bytes = await figureImage(printable(figure, { title: escaped(title), lines: lines.map(escaped) }), {
    width: size.width ?? 1200,
    height: size.height ?? 700,
    scale: 2,
  });
  saveFile(exportName(name, "png"), bytes, "image/png");
}

/** Plotly reads its texts as a little HTML. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
