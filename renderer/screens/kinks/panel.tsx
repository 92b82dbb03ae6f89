import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const KinksScreen = lazy(() => import("./kinks-screen.tsx"));

export default definePanel({
  id: "kinks",
  title: "Next kinks",
  description:
    "How far price, volatility, size or time must move until a call, a liquidation, another binding scenario, a tier, a floor or a charge",
  component: KinksScreen,
});
