import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const ScenariosScreen = lazy(() => import("./scenarios-screen.tsx"));

export default definePanel({
  id: "scenarios",
  title: "Scenarios",
  description:
    "The scenario library and its editor: historical events with their sources, your own sets, those of venues",
  component: ScenariosScreen,
  minimum: { width: 320, height: 240 },
});
