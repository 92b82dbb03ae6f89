import "plotly.js/dist/plotly.css";
import bar from "plotly.js/lib/bar";
import contour from "plotly.js/lib/contour";
import Plotly from "plotly.js/lib/core";
import heatmap from "plotly.js/lib/heatmap";
import scatter from "plotly.js/lib/scatter";
import scatter3d from "plotly.js/lib/scatter3d";
import surface from "plotly.js/lib/surface";
import treemap from "plotly.js/lib/treemap";
import waterfall from "plotly.js/lib/waterfall";

// Plotly looks for this element before it writes rules into a style element of its own, which the page's policy refuses;
// the same rules come with plotly.css.
const styleMark = document.createElement("meta");
styleMark.id = "plotly.js-style-global";
styleMark.className = "no-inline-styles";
document.head.append(styleMark);

Plotly.register([bar, contour, heatmap, scatter, scatter3d, surface, treemap, waterfall]);

/** Plotly with the traces that Marginscope draws. Import it dynamically: it is by far the largest chunk. */
export { Plotly };
