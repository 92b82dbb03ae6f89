import { Button, Menu } from "@mantine/core";
import { useState } from "react";
import { formatInstant, formatNumber } from "../../../core/base/format.ts";
import type { BacktestPoint } from "../../client/through-time.ts";
import type { Failure } from "../../client/types.ts";
import { isBreach } from "../../figures/backtest-series.ts";
import type { ShownBacktest } from "../../state/backtest.ts";
import { openRun } from "./open-run.ts";
import styles from "./series.module.css";

interface DayReadOutProps {
  readonly shown: ShownBacktest;
  readonly day: number | undefined;
}

/** What is known of the chosen instant, and its way into the other panels. */
export function DayReadOut({ shown, day }: DayReadOutProps) {
  const [failure, setFailure] = useState<Failure>();
  const point = shown.result.points.find(({ asOfMs }) => asOfMs === day);
  if (!point)
    return <p className={styles.readOut}>Choose a day in the chart: it can be opened as a run of any method.</p>;
  const { exposure, profitUsd, indices } = point;
  const whole = { decimals: 0 };
  return (
    <div className={styles.readOut} data-day={point.asOfMs}>
      <strong>{formatInstant(point.asOfMs)}</strong>
      {Object.entries(indices).map(([name, price]) => (
        <span key={name}>
          {name} <b className="numeric">{formatNumber(price)}</b>
        </span>
      ))}
      <span>
        profit since before <b className="numeric">{formatNumber(profitUsd, { ...whole, signed: true })}</b>
      </span>
      <span>
        loss to {formatInstant(exposure?.toMs)} <b className="numeric">{formatNumber(exposure?.lossUsd, whole)}</b> USD
      </span>
      {exposure && exposure.drivers.length > 0 && (
        <span className="muted">
          {exposure.drivers.map(({ symbol, lossUsd }) => `${symbol} ${formatNumber(lossUsd, whole)}`).join(", ")}
        </span>
      )}
      <OpenAsRun shown={shown} point={point} onFailure={setFailure} />
      {failure && <span role="alert">{failure.message}</span>}
    </div>
  );
}

interface OpenAsRunProps {
  readonly shown: ShownBacktest;
  readonly point: BacktestPoint;
  readonly onFailure: (failure: Failure | undefined) => void;
}

/** The day becomes book, market and method of the workspace. */
function OpenAsRun({ shown, point, onFailure }: OpenAsRunProps) {
  return (
    <Menu position="bottom-end" shadow="md" withinPortal>
      <Menu.Target>
        <Button size="compact-xs" variant="default" disabled={!shown.entry}>
          Open as a run
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {point.methods.map((method) => (
          <Menu.Item key={method.label} onClick={() => void openRun(point.asOfMs, method.label).then(onFailure)}>
            {isBreach(point, method.initialUsd) ? "✕ " : ""}
            {method.label}, {formatNumber(method.initialUsd, { decimals: 0 })} USD
          </Menu.Item>
        ))}
        {point.gaps.map(({ label, reason }) => (
          <Menu.Item key={label} disabled title={reason}>
            {label}: {reason}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
