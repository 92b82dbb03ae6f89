import { Button } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { formatMoney, formatNumber, formatPercent, formatQuantity, moneyDecimals } from "../../../core/base/format.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import type { AccountResult, Failure, MatrixCell, Output, RiskMatrix } from "../../client/types.ts";
import { numberColumn, textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { startJob } from "../../state/jobs.ts";
import { openPanel } from "../../state/layout.ts";
import { selection } from "../../state/selection.ts";
import { requestOf, session, useSession } from "../../state/session.ts";
import { type ProfitRow, profitsOfAccount } from "./cell-profits.ts";
import styles from "./matrix.module.css";

interface CellDrillProps {
  readonly account: AccountResult;
  readonly matrix: RiskMatrix;
  readonly cell: MatrixCell;
  readonly onClose: () => void;
}

type Answer = Output<"margin.cell">;

/** What each position makes or loses in one cell, largest loss first. */
export function CellDrill({ account, matrix, cell, onClose }: CellDrillProps) {
  const result = useSession((s) => s.result);
  const place = useRef<HTMLElement>(null);
  const [answer, setAnswer] = useState<Answer>();
  const [failure, setFailure] = useState<Failure>();
  const { setId } = matrix;
  const { scenarioId } = cell;

  useEffect(() => {
    // A new result means new inputs: the cell is asked for again.
    const request = result && requestOf(session.getState());
    if (!request) return;
    const job = startJob(
      "margin.cell",
      { ...request, setId, scenarioId },
      { label: "Positions in a scenario", panel: "matrix" },
    );
    let current = true;
    void job.result.then((reply) => {
      if (!current) return;
      setAnswer(reply.ok ? reply.value : undefined);
      setFailure(reply.ok ? undefined : reply.failure);
    });
    return () => {
      current = false;
      job.supersede();
    };
  }, [result, setId, scenarioId]);

  useEffect(() => {
    place.current?.scrollIntoView({ block: "nearest" });
  }, []);

  const rows = useMemo(
    () => (answer && result ? profitsOfAccount(answer.positions, result, account) : []),
    [answer, result, account],
  );
  const columns = useMemo(() => profitColumns(matrix.unit), [matrix.unit]);
  const sum = rows.reduce((total, { profit }) => total + profit, 0);
  const money = (amount: number): string => formatMoney(amount, matrix.unit);

  return (
    <section ref={place} className={styles.drill} aria-label={`Positions in ${cell.label}`}>
      <header>
        <h3>
          Positions in {cell.label}{" "}
          <small>{answer ? `${rows.length} positions, sum ${money(sum)}` : "computing…"}</small>
        </h3>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => {
            selection.getState().selectPositions(rows.map(({ id }) => id));
            openPanel("positions");
          }}
          disabled={rows.length === 0}
        >
          Select in positions
        </Button>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          Close
        </Button>
      </header>
      {failure && <FailureBanner failure={failure} />}
      {answer && Math.abs(sum - cell.beforeOffsets) > 1e-9 * Math.max(1, Math.abs(sum)) && (
        <p className={styles.note}>
          The method counts {money(cell.beforeOffsets)} here: it scales or converts the sum. The statement shows the
          steps of the binding scenario.
        </p>
      )}
      <div className={styles.drillGrid}>
        <DataGrid<ProfitRow>
          label={`Profit of each position in ${cell.label}`}
          rows={rows}
          columns={columns}
          rowId={({ id }) => id}
          emptyText={answer ? "No positions in this scenario." : "Computing…"}
          onSelect={(chosen) => selection.getState().selectPositions(chosen.map(({ id }) => id))}
        />
      </div>
    </section>
  );
}

const usdColumn = numberColumn<ProfitRow>({
  id: "usd",
  header: "Profit USD",
  tooltip: "At the index before the shock; in scenarios of a history at that of the scenario",
  value: ({ profitUsd }) => profitUsd,
  signal: true,
  width: 140,
});

function profitColumns(unit: string) {
  return [
    textColumn<ProfitRow>({ id: "symbol", header: "Instrument", value: ({ symbol }) => symbol, width: 200 }),
    numberColumn<ProfitRow>({
      id: "quantity",
      header: "Quantity",
      value: (row) => row.quantity,
      format: formatQuantity,
    }),
    numberColumn<ProfitRow>({
      id: "profit",
      header: `Profit ${unit}`,
      value: ({ profit }) => profit,
      format: (value) => formatNumber(value, { decimals: moneyDecimals(unit) }),
      signal: true,
      width: 150,
    }),
    ...(unit === "USD" ? [] : [usdColumn]),
    numberColumn<ProfitRow>({
      id: "share",
      header: "Share of losses %",
      tooltip: "Loss of the position ÷ all losses in the cell; gains have none",
      value: ({ lossShare }) => lossShare,
      format: (value) => formatPercent(value, { unit: "" }).trim(),
      applies: (row) => (row as ProfitRow).lossShare !== undefined,
      width: 130,
    }),
  ];
}
