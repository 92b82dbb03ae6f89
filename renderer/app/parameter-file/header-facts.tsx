import { formatNumber } from "../../../core/base/format.ts";
import type { ParameterFileHeader } from "../../client/listed.ts";
import styles from "./parameter-file.module.css";

const whole = (value: number): string => formatNumber(value, { decimals: 0 });

/** Clearing house, day, cycle, counts; what was not understood and what is wrong, each with its number. */
export function HeaderFacts({ header }: { readonly header: ParameterFileHeader }) {
  const { clearingHouse, date, cycle, layout, encoding, states, counts, commodities, interSpreads } = header;
  const facts: readonly (readonly [string, string, number?])[] = [
    ["Clearing house", clearingHouse],
    ["Business day", date],
    ["Cycle", cycle],
    ["Layout", `${layout === "xml" ? "XML" : "positional"}${encoding === undefined ? "" : `, ${encoding}`}`],
    ...(states === undefined ? [] : [["Figures are", `${states} requirements`] as const]),
    ["Combined commodities", whole(commodities.length), commodities.length],
    ["Spreads between commodities", whole(interSpreads.length), interSpreads.length],
    ["Contract families", whole(counts.families), counts.families],
    ["Contracts", whole(counts.contracts), counts.contracts],
    ["with an array", whole(counts.arrays), counts.arrays],
  ];
  return (
    <div className={styles.facts}>
      <dl>
        {facts.map(([term, value, raw]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd {...(raw !== undefined && { "data-value": raw })}>{value}</dd>
          </div>
        ))}
      </dl>
      <NotUnderstood header={header} />
      <Warnings header={header} />
    </div>
  );
}

function NotUnderstood({ header: { notUnderstood } }: { readonly header: ParameterFileHeader }) {
  if (notUnderstood.length === 0) return <p className="muted">Every record of the file was understood.</p>;
  const records = notUnderstood.reduce((sum, { count }) => sum + count, 0);
  return (
    <details open={notUnderstood.length <= 6}>
      <summary>
        Not understood: {whole(records)} records of {notUnderstood.length} kinds; they are in no number
      </summary>
      <ul>
        {notUnderstood.map(({ what, count }) => (
          <li key={what}>
            <span data-value={count}>{whole(count)}</span> × {what}
          </li>
        ))}
      </ul>
    </details>
  );
}

const shownWarnings = 200;

function Warnings({ header: { warnings } }: { readonly header: ParameterFileHeader }) {
  if (warnings.length === 0) return null;
  return (
    <details>
      <summary>{warnings.length === 1 ? "1 warning" : `${whole(warnings.length)} warnings`}</summary>
      <ul>
        {warnings.slice(0, shownWarnings).map(({ message, at }) => (
          <li key={`${at ?? ""} ${message}`}>
            {message} {at !== undefined && <code>{at}</code>}
          </li>
        ))}
        {warnings.length > shownWarnings && <li>and {whole(warnings.length - shownWarnings)} more</li>}
      </ul>
    </details>
  );
}
