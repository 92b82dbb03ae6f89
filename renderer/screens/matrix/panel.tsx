import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const MatrixScreen = lazy(() => import("./matrix-screen.tsx"));

export default definePanel({
  id: "matrix",
  title: "Risk matrix",
  description: "Profit of each account in every scenario of its method, with the scenario that binds",
  component: MatrixScreen,
});
