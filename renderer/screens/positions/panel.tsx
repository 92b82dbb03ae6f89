import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const PositionsScreen = lazy(() => import("./positions-screen.tsx"));

export default definePanel({
  id: "positions",
  title: "Positions",
  description:
    "The book by underlying and expiry: marks, greeks, stand-alone margin, contribution to the binding scenario",
  component: PositionsScreen,
});
