import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ParametersScreen = lazy(() => import("./parameters-screen.tsx"));

export default definePanel({
  id: "parameters",
  title: "Parameters",
  description: "Every parameter of the method with its source, date and override; difference of two versions",
  group: "Explain",
  component: ParametersScreen,
});
