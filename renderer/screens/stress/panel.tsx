import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const StressScreen = lazy(() => import("./stress-screen.tsx"));

export default definePanel({
  id: "stress",
  title: "Stress runs",
  description:
    "Scenario sets under several methods: loss, margin recomputed under stress, calls and equity, by position",
  component: StressScreen,
  minimum: { width: 320, height: 240 },
});
