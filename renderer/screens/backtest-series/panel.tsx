import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const SeriesScreen = lazy(() => import("./series-screen.tsx"));

export default definePanel({
  id: "backtest-series",
  title: "Margin through time",
  description: "Requirement of each method, loss over the close-out period, breaches, calls and changes of rules",
  group: "Risk",
  component: SeriesScreen,
});
