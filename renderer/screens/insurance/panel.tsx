import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const InsuranceScreen = lazy(() => import("./insurance-screen.tsx"));

export default definePanel({
  id: "insurance",
  title: "Insurance",
  description:
    "Protective puts, collars at no cost, floors that follow wealth, and how wide to leave a delta hedge alone",
  component: InsuranceScreen,
});
