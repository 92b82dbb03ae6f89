import { SegmentedControl } from "@mantine/core";
import { type ImportTarget, targetsOf } from "./import-target.ts";
import styles from "./import-wizard.module.css";
import { type ImportState, targetOf } from "./use-import.ts";

interface TargetChoiceProps {
  readonly state: ImportState;
  readonly onChoose: (target: ImportTarget) => void;
}

const targetWords: Readonly<Record<ImportTarget, string>> = {
  book: "one portfolio and market",
  panel: "a panel: each file a market",
  history: "one history",
  "parameter-file": "a parameter file",
};

const explanations: Readonly<Record<ImportTarget, string>> = {
  book: "All files together make one portfolio and one market.",
  panel: "Each file is the market of one time. All of them make a panel, and their risk factors a history.",
  history: "Prices, volatilities, funding, rates or margins through time: a series for each risk factor.",
  "parameter-file":
    "A clearing house's risk arrays, spreads and credits of one day; read piece by piece, kept in the library.",
};

/** What the files are to become, where more than one thing is possible or it is no book. */
export function TargetChoice({ state, onChoose }: TargetChoiceProps) {
  const targets = targetsOf(state.files);
  const target = targetOf(state);
  if (targets.length === 0 || (targets.length === 1 && target === "book")) return null;
  return (
    <div className={styles.target}>
      <span id="import-target">Read as</span>
      {targets.length > 1 ? (
        <SegmentedControl
          size="xs"
          aria-labelledby="import-target"
          data={targets.map((value) => ({ value, label: targetWords[value] }))}
          value={target}
          onChange={(value) => onChoose(targets.find((known) => known === value) ?? target)}
        />
      ) : (
        <strong>{targetWords[target]}</strong>
      )}
      <span className="muted">{explanations[target]}</span>
    </div>
  );
}
