import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const StatementScreen = lazy(() => import("./statement-screen.tsx"));

export default definePanel({
  id: "statement",
  title: "Statement",
  description: "The margin as a tree: every line with its amount, how it follows, its rule and its inputs",
  group: "Explain",
  component: StatementScreen,
});
