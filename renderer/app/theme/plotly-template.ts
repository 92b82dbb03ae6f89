/** What Plotly needs of the tokens: pass as `layout.template`. Read again when the theme changes (`useThemeName`). */
export function plotlyTemplate(root: Element = document.documentElement) {
  const style = getComputedStyle(root);
  const token = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  const axis = {
    gridcolor: token("chart-grid"),
    linecolor: token("chart-axis"),
    zerolinecolor: token("chart-axis"),
    tickcolor: token("chart-axis"),
    automargin: true,
    // Else every label is measured at every drawing; margins have room for all.
    ticklabeloverflow: "allow",
    title: { standoff: 8 },
  };
  const sceneAxis = { ...axis, backgroundcolor: token("panel"), showbackground: false };
  const colorbar = { outlinecolor: token("border"), tickcolor: token("chart-axis"), thickness: 14 };
  return {
    layout: {
      font: { family: token("font"), size: 12, color: token("text") },
      paper_bgcolor: token("panel"),
      plot_bgcolor: token("panel"),
      hoverlabel: {
        bgcolor: token("raised"),
        bordercolor: token("control-border"),
        font: { family: token("font"), size: 12, color: token("text") },
      },
      xaxis: axis,
      yaxis: axis,
      scene: { xaxis: sceneAxis, yaxis: sceneAxis, zaxis: sceneAxis },
      coloraxis: { colorbar },
      legend: { bgcolor: token("panel") },
    },
  };
}

/** A token as a colour, for shapes and markers inside figures. */
export function tokenColor(name: string, root: Element = document.documentElement): string {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}
