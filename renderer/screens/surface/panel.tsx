import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const SurfaceScreen = lazy(() => import("./surface-screen.tsx"));

export default definePanel({
  id: "surface",
  title: "Margin surface",
  description: "Margin, headroom, profit and greeks over price and volatility shocks: 3D, map, slices, table",
  component: SurfaceScreen,
  minimum: { width: 320, height: 240 },
  // With the second surface four live 3D charts, as many as a browser keeps.
  instances: 3,
  rests: true,
});
