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

/**
 * Plotly's 3D view waits for the graphics driver three times at each drawing of new values. None is needed, and with drawing in software
 * they are most of the time of a step of a slider:
 * - a picture of what can be pointed at is drawn and read back at once; now when the pointer comes next,
 * - the program that draws the lines of the axes is compiled again whenever ticks move: the old lines went before the new ones came, and
 *   with them the program that both share.
 */
export function plotlyPlugin(): PlotlyPlugin {
  return {
    name: "marginscope-plotly",
    enforce: "pre",
    transform: (code, id) => (id.endsWith("plotly.js/stackgl_modules/index.js") ? withoutWaits(code) : undefined),
  };
}

/** @throws Error when the code is not the one that the changes were made for: after an update of Plotly they are to be looked at again */
export function withoutWaits(code: string): string {
  return changes.reduce((text, { from, to }) => {
    const parts = text.split(from);
    if (parts.length !== 2)
      throw new Error(`Plotly's 3D code has ${parts.length - 1} places like this, not one: ${from}`);
    return parts.join(to);
  }, code);
}

const changes: readonly Change[] = [
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
