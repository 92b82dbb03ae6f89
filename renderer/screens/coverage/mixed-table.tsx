import { Select } from "@mantine/core";
import { formatNumber } from "../../../core/base/format.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { TableHead } from "../../app/table-head.tsx";
import { useDimmed } from "../../app/use-dimmed.ts";
import type { Coverage, MixedMargin } from "../../client/listed.ts";
import { coverageStore, methodsFor, mixedMethods, mixedWork, useCoverage } from "../../state/coverage.ts";
import { useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import styles from "./coverage.module.css";
import { leftOver, partRows } from "./coverage-rows.ts";

/** The book split over a method for crypto and one for listed positions: the parts and their sum. */
export function MixedTable({ coverage }: { readonly coverage: Coverage }) {
  const mixed = useWork(mixedWork, (s) => s.value);
  const failure = useWork(mixedWork, (s) => s.failure);
  const state = useWork(mixedWork, (s) => s.state);
  const chosen = useCoverage((s) => s.chosen);
  const own = useSession((s) => s.methodology);
  const { crypto, listed } = mixedMethods(coverage, chosen, own);
  const isDimmed = useDimmed(state === "loading");
  const { choose } = coverageStore.getState();
  const choice = (isListed: boolean, value: string | undefined) => {
    const methods = methodsFor(coverage, isListed);
    if (methods.length === 0) return null;
    return (
      <Select
        size="xs"
        w={300}
        label={isListed ? "Listed positions by" : "Crypto positions by"}
        data={methods.map(({ id, title, count }) => ({ value: id, label: `${title} (${count})` }))}
        value={value ?? null}
        allowDeselect={false}
        onChange={(id) => id !== null && choose(isListed ? { listed: id } : { crypto: id })}
      />
    );
  };
  return (
    <section aria-label="The book over its methods" className={styles.mixed} data-dimmed={isDimmed}>
      <div className={styles.choices}>
        {choice(false, crypto)}
        {choice(true, listed)}
      </div>
      {failure && <FailureBanner failure={failure} />}
      {mixed && <Parts mixed={mixed} />}
    </section>
  );
}

function Parts({ mixed }: { readonly mixed: MixedMargin }) {
  const { totals, included, rates } = mixed;
  const left = leftOver(mixed);
  return (
    <>
      <table className={styles.parts}>
        <caption className="visually-hidden">Margin of each part and their sum, USD</caption>
        <TableHead
          columns={["Part", { number: "Positions" }, { number: "Initial, USD" }, { number: "Maintenance, USD" }]}
        />
        <tbody>
          {partRows(mixed).map(({ id, label, positions, initial, maintenance, failure }) => (
            <tr key={id} data-part={id}>
              <th scope="row">
                {label}
                {failure !== undefined && <small className="loss"> ✕ {failure}</small>}
              </th>
              <td className="numeric" data-value={positions}>
                {formatNumber(positions, { decimals: 0 })}
              </td>
              <td className="numeric" data-value={initial}>
                {formatNumber(initial)}
              </td>
              <td className="numeric" data-value={maintenance}>
                {formatNumber(maintenance)}
              </td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr data-part="total">
            <th scope="row">Total, no netting between the parts</th>
            <td className="numeric" data-value={included.positions}>
              {formatNumber(included.positions, { decimals: 0 })} of {formatNumber(included.of, { decimals: 0 })}
            </td>
            <td className="numeric" data-value={totals.initialUsd}>
              {formatNumber(totals.initialUsd)}
            </td>
            <td className="numeric" data-value={totals.maintenanceUsd}>
              {formatNumber(totals.maintenanceUsd)}
            </td>
          </tr>
        </tfoot>
      </table>
      {left.length > 0 && (
        <details className={styles.left}>
          <summary>
            {left.length === 1 ? "1 position is in no part" : `${left.length} positions are in no part`}
          </summary>
          <ul>
            {left.map(({ symbol, reason }) => (
              <li key={symbol}>
                {symbol}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
      {rates.length > 0 && (
        <p className={styles.rates}>
          Converted at{" "}
          {rates.map(({ currency, usdPerUnit }) => `${formatNumber(usdPerUnit)} USD/${currency}`).join(", ")}
        </p>
      )}
    </>
  );
}
