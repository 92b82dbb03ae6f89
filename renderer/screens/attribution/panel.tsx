import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const AttributionScreen = lazy(() => import("./attribution-screen.tsx"));

export default definePanel({
  id: "attribution",
  title: "Attribution",
  description: "Where the requirement comes from: component, stand-alone and incremental parts as waterfall or treemap",
  group: "Explain",
  component: AttributionScreen,
});
