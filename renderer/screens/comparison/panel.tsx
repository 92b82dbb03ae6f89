import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ComparisonScreen = lazy(() => import("./comparison-screen.tsx"));

export default definePanel({
  id: "comparison",
  title: "Comparison",
  description: "Methods and rule versions side by side over one book: totals, components, binding scenarios, surfaces",
  group: "Explain",
  component: ComparisonScreen,
});
