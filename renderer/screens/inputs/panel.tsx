import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const InputsScreen = lazy(() => import("./inputs-screen.tsx"));

export default definePanel({
  id: "inputs",
  title: "Account inputs",
  description:
    "Equity and margin components you set yourself: open orders, market-maker protection, what a venue does not publish",
  component: InputsScreen,
});
