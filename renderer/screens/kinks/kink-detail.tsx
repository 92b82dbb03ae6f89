import { Button } from "@mantine/core";
import { formatNumber } from "../../../core/base/format.ts";
import type { Kink, KinkDistance } from "../../client/stress.ts";
import { kinkWords, type LadderRow, levelText, moveText } from "../../figures/kink-ladder.ts";
import { openPanel } from "../../state/layout.ts";
import { useSelection } from "../../state/selection.ts";
import { surfaceStore } from "../../state/surface.ts";
import styles from "./kinks.module.css";

interface KinkDetailProps {
  readonly row: LadderRow;
  readonly kink: Kink;
  readonly distance: KinkDistance;
}

/** What changes at a kink, with the ways to see it elsewhere. */
export function KinkDetail({ row, kink, distance }: KinkDetailProps) {
  const { lineId } = kink;
  const selectLine = useSelection((s) => s.selectLine);
  const money = (value: number | undefined): string => formatNumber(value, { decimals: 0, unit: "USD" });
  return (
    <section className={styles.detail} aria-label="Kink">
      <p>
        <b>{kinkWords[kink.kind]}</b> at {row.label.toLowerCase().startsWith("time") ? "" : row.label}{" "}
        <b className="numeric" data-value={kink.move}>
          {moveText(row.axis, kink.move)}
        </b>{" "}
        ({levelText(row.axis, kink.move, distance)})
      </p>
      <p>
        {kink.before} <span aria-hidden="true">→</span>
        <span className="visually-hidden"> becomes </span> {kink.after}
        {kink.also.length > 0 && <span className="muted"> · also {kink.also.join(" · ")}</span>}
      </p>
      <p className="muted">
        initial {money(kink.initialUsd)} · maintenance {money(kink.maintenanceUsd)} · margin balance{" "}
        {money(kink.marginBalanceUsd)}
      </p>
      <div className={styles.actions}>
        {isOnSurface(row) && (
          <Button size="compact-xs" variant="default" onClick={() => showOnSurface(row, kink)}>
            Show on the surface
          </Button>
        )}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            if (lineId !== undefined) selectLine(lineId);
            openPanel(kink.kind === "scenario" ? "matrix" : "statement");
          }}
        >
          {kink.kind === "scenario" ? "Open the risk matrix" : "Open the statement"}
        </Button>
      </div>
    </section>
  );
}

/** The surface moves all underlyings together. */
const isOnSurface = ({ axis }: LadderRow): boolean =>
  axis.underlying === undefined && (axis.kind === "price" || axis.kind === "volatility");

/** The surface's point to the kink; false where the surface has no such axis. */
export function moveSurfacePoint(row: LadderRow, { move }: Kink): boolean {
  if (!isOnSurface(row)) return false;
  const isPrice = row.axis.kind === "price";
  surfaceStore.getState().setPoint({ price: isPrice ? move : 0, volatility: isPrice ? 0 : move });
  return true;
}

function showOnSurface(row: LadderRow, kink: Kink): void {
  if (moveSurfacePoint(row, kink)) openPanel("surface");
}
