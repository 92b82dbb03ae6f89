import { lazy } from "react";
import { definePanel } from "../../app/panel.ts";

const CalibrationScreen = lazy(() => import("./calibration-screen.tsx"));

export default definePanel({
  id: "calibration",
  title: "Calibration",
  description:
    "Volatility filter and residuals of a risk factor through time; correlation of factors with its eigenvalues",
  group: "Explain",
  component: CalibrationScreen,
});
