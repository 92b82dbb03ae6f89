import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const DaysScreen = lazy(() => import("./days-screen.tsx"));

export default definePanel({
  id: "backtest-days",
  title: "Days",
  description: "Every day of the back-test by method, breaches first; a day opens as a run",
  group: "Risk",
  component: DaysScreen,
});
