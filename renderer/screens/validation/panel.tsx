import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ValidationScreen = lazy(() => import("./validation-screen.tsx"));

export default definePanel({
  id: "validation",
  title: "Validation",
  description: "Coverage, backtests, traffic light and procyclicality of each method side by side",
  group: "Risk",
  component: ValidationScreen,
});
