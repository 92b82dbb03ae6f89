import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const SecondSurfaceScreen = lazy(() => import("./second-surface-screen.tsx"));

export default definePanel({
  id: "surface-2",
  title: "Second surface",
  description: "Another layer, method, book, market or date beside the margin surface, or the difference of both",
  component: SecondSurfaceScreen,
  minimum: { width: 320, height: 240 },
  instances: 1,
  rests: true,
});
