import { formatPercent } from "../../../core/base/format.ts";
import styles from "./summary.module.css";
import type { SummaryFigures } from "./summary-figures.ts";

/** Maintenance and initial margin as shares of the margin balance: a call where initial reaches the end, liquidation where maintenance does. */
export function UtilisationBar({ figures }: { readonly figures: SummaryFigures }) {
  const { utilisation, maintenanceRatio } = figures;
  if (utilisation === undefined || maintenanceRatio === undefined) return null;
  const width = (share: number): string => `${Math.min(100, Math.max(0, share * 100))}%`;
  return (
    <span
      className={styles.bar}
      role="img"
      aria-label={`initial margin ${formatPercent(utilisation)}, maintenance ${formatPercent(maintenanceRatio)} of the margin balance`}
      data-over={utilisation > 1}
    >
      <span className={styles.initial} style={{ width: width(utilisation) }} />
      <span className={styles.maintenance} style={{ width: width(maintenanceRatio) }} />
    </span>
  );
}
