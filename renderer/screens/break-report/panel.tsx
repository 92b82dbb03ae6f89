import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const BreakReportScreen = lazy(() => import("./break-report-screen.tsx"));

export default definePanel({
  id: "break-report",
  title: "Break report",
  description: "A venue's own reply against our margin, line by line, with the input that explains each gap",
  group: "Explain",
  component: BreakReportScreen,
});
