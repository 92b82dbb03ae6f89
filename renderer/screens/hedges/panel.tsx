import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const HedgesScreen = lazy(() => import("./hedges-screen.tsx"));

export default definePanel({
  id: "hedges",
  title: "Hedges",
  description:
    "Trades ranked by the margin they relieve, one contract each or an optimised plan; accept them into the ticket",
  component: HedgesScreen,
});
