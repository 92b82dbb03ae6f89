import { Button, NumberInput } from "@mantine/core";
import { formatNumber, formatPercent, formatQuantity } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import { TableHead } from "../../app/table-head.tsx";
import type { UnwindPlan } from "../../client/what-if.ts";
import { hedgesStore, useHedges } from "../../state/hedges.ts";
import { openPanel } from "../../state/layout.ts";
import { worstText } from "./hedge-columns.ts";
import styles from "./hedges.module.css";

const usd = (value: number): string => `${formatNumber(value, { decimals: 0 })} USD`;

/** Over how many days, and how much of each day's volume. */
export function UnwindControls() {
  const days = useHedges((s) => s.days);
  const participation = useHedges((s) => s.participation);
  const { choose } = hedgesStore.getState();
  return (
    <>
      <NumberInput
        size="xs"
        w={96}
        aria-label="Days to close the book"
        suffix=" days"
        allowDecimal={false}
        min={1}
        max={60}
        clampBehavior="strict"
        value={days}
        onChange={(value) => typeof value === "number" && value >= 1 && choose({ days: value })}
      />
      <NumberInput
        size="xs"
        w={150}
        aria-label="Most of each day's volume, percent"
        suffix=" % of volume"
        min={0}
        max={100}
        clampBehavior="strict"
        hideControls
        value={Math.round(participation * 1e6) / 1e4}
        onChange={(value) => typeof value === "number" && value > 0 && choose({ participation: value / 100 })}
      />
    </>
  );
}

/** What to close each day, and the margin that each day releases. */
export function UnwindView({ plan }: { readonly plan: UnwindPlan }) {
  const { days, beforeUsd, costUsd, requirement, releasedUsdDays, plainReleasedUsdDays, notes, status } = plan;
  const last = days.at(-1);
  const stressed = days.some(({ worstStress }) => worstStress !== undefined);
  return (
    <div className={styles.layout}>
      <p className={styles.line}>
        {requirement === "initial" ? "Initial" : "Maintenance"} margin {usd(beforeUsd)}{" "}
        <span aria-hidden="true">→</span>
        <span className="visually-hidden"> becomes </span>{" "}
        <b data-value={last?.requirementUsd}>{usd(last?.requirementUsd ?? beforeUsd)}</b>, recomputed by the method, for{" "}
        {usd(costUsd)}{" "}
        <span className="muted">
          released {formatNumber(releasedUsdDays, { decimals: 0 })} USD days, closing everything at full speed{" "}
          {formatNumber(plainReleasedUsdDays, { decimals: 0 })}
          {status !== "optimal" && ` · ${status}`}
          {plan.worstStressBefore && ` · worst stress now ${worstText(plan.worstStressBefore)}`}
        </span>
      </p>
      <section className={styles.unwind} aria-label="Days of the unwind">
        <table>
          <caption className="visually-hidden">What to close each day, and the margin released</caption>
          <TableHead
            columns={[
              "Day",
              "Close, share of the day’s volume",
              "Cost, USD",
              "Margin, USD",
              "Released, USD",
              ...(stressed ? ["Worst stress left, USD"] : []),
              { hidden: "Into the ticket" },
            ]}
          />
          <tbody>
            {days.map(({ day, trades, costUsd: cost, requirementUsd, releasedUsd, worstStress }) => (
              <tr key={day} data-day={day}>
                <th scope="row">{formatNumber(day, { decimals: 0 })}</th>
                <td>
                  {trades.length === 0 && "nothing"}
                  {trades.map(({ symbol, quantity, participation }) => (
                    <div key={symbol} className={styles.trade} data-quantity={quantity}>
                      <span>
                        {quantity > 0 ? "Buy" : "Sell"} {formatQuantity(Number(Math.abs(quantity).toPrecision(7)))}{" "}
                        {symbol}
                      </span>{" "}
                      <span className="muted">{formatPercent(participation, { decimals: 1 })}</span>
                    </div>
                  ))}
                </td>
                <td data-value={cost}>{formatNumber(cost, { decimals: 0 })}</td>
                <td data-value={requirementUsd}>{formatNumber(requirementUsd, { decimals: 0 })}</td>
                <td data-value={releasedUsd}>{formatNumber(releasedUsd, { decimals: 0, signed: true })}</td>
                {stressed && (
                  <td data-value={worstStress?.profitUsd} title={worstStress && worstText(worstStress)}>
                    {formatNumber(worstStress?.profitUsd, { decimals: 0, signed: true })}
                  </td>
                )}
                <td>
                  <Button
                    size="compact-xs"
                    variant="default"
                    disabled={trades.length === 0}
                    aria-label={`Accept day ${day} into ticket`}
                    onClick={() => {
                      hedgesStore.getState().acceptDay(plan, day);
                      openPanel("what-if");
                    }}
                  >
                    Accept
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {notes.map((note) => (
          <p key={note} className="muted">
            {note}
          </p>
        ))}
      </section>
    </div>
  );
}

export function unwindCsv({ days, notes }: UnwindPlan): CsvTable {
  return {
    header: [
      ...["day", "symbol", "quantity", "cost, USD", "part of volume", "margin after the day, USD", "released, USD"],
      ...["worst stress left, USD", "worst stress in"],
    ],
    rows: days.flatMap(({ day, trades, requirementUsd, releasedUsd, worstStress }) => {
      const ofDay = [requirementUsd, releasedUsd, worstStress?.profitUsd, worstStress?.label];
      return trades.length === 0
        ? [[day, "", 0, 0, 0, ...ofDay]]
        : trades.map(({ symbol, quantity, costUsd, participation }) => [
            ...[day, symbol, quantity, costUsd, participation, ...ofDay],
          ]);
    }),
    remarks: notes,
  };
}
