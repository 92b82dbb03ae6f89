import { formatInstant, formatNumber, rawNumber } from "../../../core/base/format.ts";
import type { BreakReport, Bridge } from "../../client/reports.ts";
import styles from "./break-report.module.css";
import { countWords, verdictWords } from "./break-rows.ts";

/** The answer first: the verdict of the whole reply, and the totals of ours and the venue's. */
export function VerdictBand({ report }: { readonly report: BreakReport }) {
  const { verdict, counts, bridges, methodology, rules, venue, chargedAsOfMs, testnet, sources } = report;
  const { mark, word } = verdictWords[verdict];
  return (
    <section className={styles.band} aria-label="Verdict" data-verdict={verdict}>
      <p className={styles.verdict}>
        <span aria-hidden="true">{mark}</span> {word}
        <small>{countWords(counts)}</small>
      </p>
      {bridges.slice(0, 4).map((bridge) => (
        <dl key={bridge.statedId} className={styles.total}>
          <dt>
            {bridge.account} {bridge.label}, {bridge.unit}
          </dt>
          <dd>
            ours <Amount bridge={bridge} value={bridge.own} /> · charged{" "}
            <Amount bridge={bridge} value={bridge.charged} /> · difference{" "}
            <Amount bridge={bridge} value={-bridge.difference} signed />
          </dd>
        </dl>
      ))}
      <p className={styles.source}>
        {venue}
        {testnet ? " test network" : ""},{" "}
        {chargedAsOfMs === undefined ? "no time stated" : formatInstant(chargedAsOfMs)} · {methodology.id}{" "}
        {rules.version} · {sources.map(({ name }) => name).join(", ")}
      </p>
    </section>
  );
}

interface AmountProps {
  readonly bridge: Bridge;
  readonly value: number;
  readonly signed?: boolean;
}

/** To the last decimal of the bridge: these add up as printed. */
export function Amount({ bridge, value, signed = false }: AmountProps) {
  const shown = value === 0 ? 0 : value;
  return (
    <span className="numeric" data-value={rawNumber(shown)}>
      {formatNumber(shown, { decimals: bridge.decimals, signed: signed && shown !== 0 })}
    </span>
  );
}
