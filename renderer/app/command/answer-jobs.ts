import { calibrationPanel } from "../../state/calibration.ts";
import { changePanel } from "../../state/change.ts";
import { comparisonPanel } from "../../state/comparison.ts";
import { coverageStore } from "../../state/coverage.ts";
import { insurancePanel } from "../../state/insurance.ts";
import { nettingPanel } from "../../state/netting.ts";
import { ruleEffectPanel } from "../../state/rule-effect.ts";
import { focusedPanel } from "./focused-panel.ts";

/** What a panel with an answer of its own computes again while it has the focus. */
export const answerJobs: Readonly<Record<string, () => void>> = {
  comparison: () => void comparisonPanel(focusedPanel()).store.getState().compare(),
  change: () => void changePanel(focusedPanel()).store.getState().compute(),
  calibration: () => void calibrationPanel(focusedPanel()).store.getState().compute(),
  coverage: () => void coverageStore.getState().compute(),
  insurance: () => void insurancePanel(focusedPanel()).store.getState().compute(),
  "netting-benefit": () => void nettingPanel(focusedPanel()).store.getState().compute(),
  "rule-effect": () => void ruleEffectPanel(focusedPanel()).store.getState().compare(),
};
