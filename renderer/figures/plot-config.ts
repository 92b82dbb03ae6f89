import type { Config } from "plotly.js";

/**
 * The configuration of every chart, forced by the one wrapper. Nothing leaves the machine: Plotly's own default shows an
 * upload button and names its cloud server.
 */
export const plotConfig: Partial<Config> = {
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  topojsonURL: "",
  responsive: false,
  displayModeBar: "hover",
  modeBarButtonsToRemove: [
    "sendChartToCloud",
    "toImage",
    "lasso2d",
    "select2d",
    "autoScale2d",
    "resetCameraLastSave3d",
    "tableRotation",
  ],
} as const;
