import { formatNumber } from "../../../core/base/format.ts";
import type { AttributionRun, AttributionSplit } from "../../client/attribution.ts";
import { splitTitle, splitWords } from "../../figures/attribution.ts";
import styles from "./attribution.module.css";

interface SplitFactsProps {
  readonly run: AttributionRun;
  readonly split: AttributionSplit;
}

/** The method's name, and whether its parts add up. */
export function SplitFacts({ run, split }: SplitFactsProps) {
  return (
    <>
      <strong title={split.meaning}>{splitTitle(run, split)}</strong>
      <span data-sum="">{splitWords(run, split)}</span>
    </>
  );
}

/** What belongs to no group by each way, the ways that were refused, and ties. */
export function SplitNotes({ run }: { readonly run: AttributionRun }) {
  const { splits, refused, ties, unit } = run;
  const named = splits.filter(({ residuals }) => residuals.length > 0);
  if (named.length + refused.length + ties.length === 0) return null;
  return (
    <ul className={styles.notes}>
      {named.map(({ kind, title, residuals }) => (
        <li key={kind}>
          {title}:{" "}
          {residuals
            .slice(0, 6)
            .map(({ label, amount }) => `${label} ${formatNumber(amount, { signed: true, unit })}`)
            .join("; ")}
          {residuals.length > 6 && `; and ${residuals.length - 6} more, in the export`}
        </li>
      ))}
      {refused.map(({ kind, title, failure }) => (
        <li key={kind} data-refused={kind}>
          {title} is not shown: {failure.message}
        </li>
      ))}
      {ties.map((tie) => (
        <li key={tie}>{tie}</li>
      ))}
    </ul>
  );
}
