import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const BacktestScreen = lazy(() => import("./backtest-screen.tsx"));

export default definePanel({
  id: "backtest",
  title: "Back-test",
  description: "Margin through time: panel of markets, book, methods and close-out period; stored back-tests",
  group: "Risk",
  component: BacktestScreen,
});
