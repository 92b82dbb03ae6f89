import type { Figure } from "./figure.ts";
import { plotConfig } from "./plot-config.ts";

export interface ImageText {
  readonly title: string;
  /** Method, time and marks: they belong inside the image. */
  readonly lines: readonly string[];
}

/** A figure with what a reader needs who has only the image; light, whatever the theme on screen. */
export function printable(figure: Figure, { title, lines }: ImageText): Figure {
  const { layout } = figure;
  return {
    data: figure.data,
    layout: {
      ...layout,
      title: {
        text: `<b>${title}</b><br><sub>${lines.join("<br>")}</sub>`,
        x: 0.02,
        xanchor: "left",
        y: 1,
        yref: "container",
        yanchor: "top",
        pad: { t: 20 },
        font: { size: 18 },
      },
      margin: { ...layout.margin, t: 84 + 22 * lines.length },
      font: { family: "Inter, system-ui, sans-serif", size: 12, color: "#1b2330" },
      paper_bgcolor: "#ffffff",
      plot_bgcolor: "#ffffff",
    },
  };
}

/** A figure as PNG, drawn apart from the one on screen. */
export async function figureImage(
  figure: Figure,
  size: { readonly width: number; readonly height: number; readonly scale: number },
): Promise<Uint8Array<ArrayBuffer>> {
  const { Plotly } = await import("./plotly.ts");
  const url = await Plotly.toImage({ ...figure, config: plotConfig }, { format: "png", ...size });
  return Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
}
