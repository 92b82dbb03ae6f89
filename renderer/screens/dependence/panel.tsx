import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const DependenceScreen = lazy(() => import("./dependence-screen.tsx"));

export default definePanel({
  id: "dependence",
  title: "Diversification failure",
  description:
    "How much of the margin rests on offsets between underlyings, and how much of it goes when correlations do",
  component: DependenceScreen,
});
