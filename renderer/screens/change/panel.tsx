import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ChangeScreen = lazy(() => import("./change-screen.tsx"));

export default definePanel({
  id: "change",
  title: "Explain of change",
  description:
    "Yesterday to today: what positions, prices, volatilities, time, balances, parameters and method each did to the margin",
  group: "Explain",
  component: ChangeScreen,
});
