import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const SlicesScreen = lazy(() => import("./slices-screen.tsx"));

export default definePanel({
  id: "slices",
  title: "Slices",
  description:
    "Cuts through the surface at the selected point: two books or methods overlaid, their difference, kinks named",
  component: SlicesScreen,
  minimum: { width: 320, height: 220 },
  rests: true,
});
