import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const CoverageScreen = lazy(() => import("./coverage-screen.tsx"));

export default definePanel({
  id: "coverage",
  title: "Methods by position",
  description: "Which methods can margin each position and why not, and one book split over two methods",
  group: "Explain",
  component: CoverageScreen,
});
