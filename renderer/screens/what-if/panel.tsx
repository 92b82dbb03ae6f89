import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const WhatIfScreen = lazy(() => import("./what-if-screen.tsx"));

export default definePanel({
  id: "what-if",
  title: "What-if",
  description:
    "A ticket of legs on a copy of the book: quantities and prices, of contracts held or not. No order is sent",
  component: WhatIfScreen,
});
