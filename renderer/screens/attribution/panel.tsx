import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const AttributionScreen = lazy(() => import("./attribution-screen.tsx"));

export default definePanel({
  id: "attribution",
  title: "Attribution",
  description:
    "Where the requirement comes from: component, Euler, stand-alone, incremental, pro-rata and Shapley parts by group",
  group: "Explain",
  component: AttributionScreen,
});
