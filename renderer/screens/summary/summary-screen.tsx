import type { CsvTable } from "../../app/download.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { useSession } from "../../state/session.ts";
import styles from "./summary.module.css";
import { accountFigures, type SummaryFigures, standingOf, totalFigures } from "./summary-figures.ts";
import { SummaryMetrics } from "./summary-strip.tsx";

const standings = {
  none: "no balance known",
  ok: "above both requirements",
  call: "below initial margin: no new risk",
  liquidation: "below maintenance margin: liquidation",
} as const;

/** Every account in its own unit, and all of them in USD. */
export default function SummaryScreen() {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const rows = result ? [...accountFigures(result), ...(result.accounts.length > 1 ? [totalFigures(result)] : [])] : [];
  return (
    <PanelFrame
      panel="summary"
      title="Summary"
      {...frame}
      empty="Import a portfolio and a market, or open the sample."
      csv={result && (() => summaryCsv(rows))}
    >
      {result && (
        <div className={styles.accounts}>
          {rows.map((figures) => (
            <section key={figures.id} className={styles.account} aria-label={titleOf(figures)}>
              <h3>
                {titleOf(figures)} <small>{standings[standingOf(figures)]}</small>
              </h3>
              <div className={styles.metrics}>
                <SummaryMetrics figures={figures} />
              </div>
            </section>
          ))}
          {result.accounts.length > 1 && (
            <p className={styles.hint}>The total is for overview: each segregated account stands alone.</p>
          )}
          {result.remarks.length > 0 && (
            <section aria-label="Remarks" className={styles.remarks}>
              <h3>Remarks</h3>
              <ul>
                {result.remarks.map(({ message, accuracy, rule }) => (
                  <li key={`${message} ${rule ?? ""}`}>
                    {accuracy && <b>{accuracy}: </b>}
                    {message}
                    {rule !== undefined && <small> (rule {rule})</small>}
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
      )}
    </PanelFrame>
  );
}

const titleOf = ({ id, unit }: SummaryFigures): string =>
  id === "total" ? "All accounts, USD" : id === unit ? `${id} account` : `${id} account, ${unit}`;

function summaryCsv(rows: readonly SummaryFigures[]): CsvTable {
  return {
    header: [
      ...["account", "unit", "equity", "margin balance", "initial margin", "maintenance margin", "available"],
      ...["headroom to liquidation", "utilisation (fraction)", "maintenance ratio (fraction)", "worst scenario"],
      ...["profit in worst scenario", "unit of that profit"],
    ],
    rows: rows.map((row) => [
      ...[row.id, row.unit, row.equity, row.marginBalance, row.initial, row.maintenance, row.available],
      ...[row.toLiquidation, row.utilisation, row.maintenanceRatio],
      ...[row.worst[0]?.label, row.worst[0]?.amount, row.worst[0]?.unit],
    ]),
  };
}
