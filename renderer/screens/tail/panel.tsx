import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const TailScreen = lazy(() => import("./tail-screen.tsx"));

export default definePanel({
  id: "tail",
  title: "Tail",
  description:
    "Histogram of losses with VaR and ES, and losses against a normal: of the back-test or of a tail measure",
  group: "Risk",
  component: TailScreen,
});
