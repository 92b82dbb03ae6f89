import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const JobsScreen = lazy(() => import("./jobs-screen.tsx"));

export default definePanel({
  id: "jobs",
  title: "Jobs",
  description: "Running and finished work: progress, cancel, what failed",
  component: JobsScreen,
  group: "Program",
});
