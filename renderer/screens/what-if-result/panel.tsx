import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const WhatIfResultScreen = lazy(() => import("./what-if-result-screen.tsx"));

export default definePanel({
  id: "what-if-result",
  title: "Before and after",
  description:
    "Margin, greeks, worst points and limits before and after the ticket, under every method; steps and largest size",
  component: WhatIfResultScreen,
});
