import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const NettingScreen = lazy(() => import("./netting-screen.tsx"));

export default definePanel({
  id: "netting-benefit",
  title: "Netting benefit",
  description: "One book under strategy-based, risk-based and array margin: what netting saves, by group and position",
  group: "Explain",
  component: NettingScreen,
});
