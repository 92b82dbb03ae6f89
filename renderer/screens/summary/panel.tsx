import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const SummaryScreen = lazy(() => import("./summary-screen.tsx"));

export default definePanel({
  id: "summary",
  title: "Summary",
  description: "Equity, margins, headroom and worst scenario of every account, and what the numbers rest on",
  component: SummaryScreen,
});
