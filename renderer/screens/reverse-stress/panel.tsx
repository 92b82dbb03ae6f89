import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ReverseStressScreen = lazy(() => import("./reverse-stress-screen.tsx"));

export default definePanel({
  id: "reverse-stress",
  title: "Reverse stress",
  description: "The smallest plausible move that exhausts equity, triggers maintenance or a call, or loses an amount",
  component: ReverseStressScreen,
});
