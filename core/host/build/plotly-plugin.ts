/** The part of Vite's plugin interface that is used. */
interface PlotlyPlugin {
  readonly name: string;
  readonly enforce: "pre";
  transform(code: string, id: string): string | undefined;
}

interface Change {
  readonly from: string;
  readonly to: string;
}

/** What a slider that moves would wait for, taken out of Plotly: its own options reach none of it. */
export function plotlyPlugin(): PlotlyPlugin {
  return {
    name: "marginscope-plotly",
    enforce: "pre",
    transform(code, id) {
      const [, changes] = Object.entries(plotlyChanges).find(([file]) => id.endsWith(`plotly.js/${file}`)) ?? [];
      return changes && changed(code, changes);
    },
  };
}

/** @throws Error when the code is not the one that the changes were made for: after an update of Plotly they are to be looked at again */
export function changed(code: string, changes: readonly Change[]): string {
  return changes.reduce((text, { from, to }) => {
    const parts = text.split(from);
    if (parts.length !== 2) throw new Error(`Plotly's code has ${parts.length - 1} places like this, not one: ${from}`);
    return parts.join(to);
  }, code);
}

/**
 * The 3D view waits for the graphics driver at each drawing of new values; with drawing in software that is most of the time of a step:
 * - a picture of what can be pointed at is drawn and read back at once; now when the pointer comes next,
 * - the program that draws the lines of the axes is compiled again whenever ticks move; now new lines take the one of the old.
 */
const scene: readonly Change[] = [
  {
    from: "        scene._mouseRotating = false\n\n",
    to: "        scene._mouseRotating = false\n        if(pickDirty) {\n          pickDirty = false\n          renderPick()\n        }\n",
  },
  { from: "    if(pickDirty) {\n      pickDirty = false\n      renderPick()\n    }\n\n", to: "" },
  { from: "  this._readTimeout = setTimeout(this._readCallback, 1)\n", to: "  this._readCallback()\n" },
  {
    from: "    this._lines.dispose()\n    this._lines = null\n  }\n  if(!this._lines) {\n    this._lines = createLines(this.gl, this.bounds, this.ticks)\n",
    to: "    this._lines.vao.dispose()\n    this._lines.vertBuffer.dispose()\n    this._lines = createLines(this.gl, this.bounds, this.ticks, this._lines.shader)\n  }\n  if(!this._lines) {\n    this._lines = createLines(this.gl, this.bounds, this.ticks)\n",
  },
  { from: "function createLines(gl, bounds, ticks) {\n", to: "function createLines(gl, bounds, ticks, kept) {\n" },
  {
    from: "  var shader = createShader(gl)\n  shader.attributes.position.location = 0\n  return new Lines(",
    to: "  var shader = kept || createShader(gl)\n  shader.attributes.position.location = 0\n  return new Lines(",
  },
];

/** The colours of a map change smoothly: one in four pixels across and down is computed, and the browser fills those between. */
const map: readonly Change[] = [
  {
    from: "            canvasW = imageWidth;\n            canvasH = imageHeight;\n",
    to: "            var coarser = drawingMethod === 'smooth' ? 4 : 1;\n            canvasW = Math.ceil(imageWidth / coarser);\n            canvasH = Math.ceil(imageHeight / coarser);\n",
  },
  {
    from: "for (i = 0; i < imageWidth; i++) xinterpArray[i] = findInterpX(i, xPixArray);",
    to: "for (i = 0; i < canvasW; i++) xinterpArray[i] = findInterpX(((i + 0.5) * imageWidth) / canvasW - 0.5, xPixArray);",
  },
  {
    from: "for (j = 0; j < imageHeight; j++) {\n                    yinterp = findInterpY(j, yPixArray);",
    to: "for (j = 0; j < canvasH; j++) {\n                    yinterp = findInterpY(((j + 0.5) * imageHeight) / canvasH - 0.5, yPixArray);",
  },
  {
    from: "for (i = 0; i < imageWidth; i++, pxIndex += 4) {",
    to: "for (i = 0; i < canvasW; i++, pxIndex += 4) {",
  },
];

/**
 * A surface is drawn flat between its points. Plotly fills it up with further points of the same flat pieces, to 120 lines and more: what the
 * driver then draws takes up to sixteen times as long and looks the same. A coarse surface is still filled up to 24 lines.
 */
const surface: readonly Change[] = [
  { from: "var scale = Math.round(resDst / resSrc);", to: "var scale = Math.round(24 / resSrc);" },
];

/** By file of Plotly. */
export const plotlyChanges: Readonly<Record<string, readonly Change[]>> = {
  "stackgl_modules/index.js": scene,
  "src/traces/heatmap/plot.js": map,
  "src/traces/surface/convert.js": surface,
};
