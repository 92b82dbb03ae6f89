import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const RuleEffectScreen = lazy(() => import("./rule-effect-screen.tsx"));

export default definePanel({
  id: "rule-effect",
  title: "Rule change",
  description:
    "Two versions of one rulebook: what changed in the rules, and what it does to margin by line and position",
  group: "Explain",
  component: RuleEffectScreen,
});
