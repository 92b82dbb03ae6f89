import { Button } from "@mantine/core";
import { useMemo } from "react";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import type { MarginResult } from "../../client/types.ts";
import { FilterInput } from "../../grids/filter-input.tsx";
import type { TreeNode } from "../../grids/tree.ts";
import { TreeButtons } from "../../grids/tree-buttons.tsx";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useSelection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { type PositionRow, positionColumns } from "./position-columns.ts";
import { positionsCsv } from "./position-csv.ts";
import { type Currency, type PositionFigures, positionTree, subtotal } from "./position-rows.ts";
import styles from "./positions.module.css";
import { Unvalued } from "./unvalued.tsx";

const textOf = ({ label, value: { position } }: TreeNode<PositionFigures>): string =>
  position === undefined ? label : `${label} ${position.kind} ${position.optionType ?? ""} ${position.settlement}`;

const wholeBook = 200;

export default function PositionsScreen() {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const edits = useSession((s) => s.edits);
  const setQuantity = useSession((s) => s.setQuantity);
  const clearEdits = useSession((s) => s.clearEdits);
  const selected = useSelection((s) => s.positions);
  const selectPositions = useSelection((s) => s.selectPositions);
  const [currency, setCurrency] = usePanelState<Currency>("currency", "usd");

  // A small book is seen whole; a large one begins with its expiries.
  const openLevels = (result?.positions.length ?? 0) <= wholeBook ? 3 : 1;
  const nodes = useMemo(() => (result ? positionTree(result, currency) : []), [result, currency]);
  const { rows, filter, setFilter, toggle, openAll, closeAll } = useTree(nodes, openLevels, textOf);
  const units = useMemo(() => [...new Set(result?.accounts.map(({ unit }) => unit))], [result]);
  const columns = useMemo(
    () => positionColumns(currency, units, new Set(Object.keys(edits)), toggle),
    [currency, units, edits, toggle],
  );
  const total = useMemo<PositionRow[]>(() => {
    const parts = nodes.flatMap(({ children }) =>
      children.flatMap((group) => group.children.map((leaf) => leaf.value)),
    );
    return [{ id: "total", level: 1, label: "Total", value: subtotal(parts) }];
  }, [nodes]);
  const edited = Object.keys(edits).length;

  const edit = (row: PositionRow, _column: string, value: unknown): void => {
    const { position } = row.value;
    if (!position) return;
    if (value === null || value === undefined || value === "") setQuantity(position.id, undefined);
    else if (typeof value === "number" && Number.isFinite(value) && value !== position.quantity)
      setQuantity(position.id, value);
  };

  return (
    <PanelFrame
      panel="positions"
      title="Positions"
      {...frame}
      empty="Import a portfolio and a market, or open the sample."
      csv={result && (() => positionsCsv(result))}
      toolbar={
        <>
          <FilterInput label="Filter positions" value={filter} onChange={setFilter} />
          {units.some((unit) => unit !== "USD") && (
            <Segments
              label="Currency of value and margin"
              options={[
                { value: "usd", label: "USD" },
                { value: "account", label: units.length === 1 ? (units[0] ?? "Account") : "Account currency" },
              ]}
              value={currency}
              onChange={setCurrency}
            />
          )}
          <TreeButtons openAll={openAll} closeAll={closeAll} />
          {edited > 0 && (
            <Button size="compact-xs" variant="light" onClick={clearEdits}>
              {edited === 1 ? "Take back 1 edit" : `Take back ${edited} edits`}
            </Button>
          )}
        </>
      }
    >
      {result && (
        <div className={styles.layout}>
          <div className={styles.grid}>
            <TreeGrid<PositionRow>
              label="Positions by underlying and expiry"
              rows={rows}
              columns={columns}
              onToggle={toggle}
              pinnedBottomRows={total}
              selected={selected}
              onSelect={(chosen) =>
                selectPositions(chosen.flatMap(({ value: { position } }) => (position ? [position.id] : [])))
              }
              onEdit={edit}
              rowClass={({ level, value: { position } }) =>
                position === undefined ? `tree-group tree-group-${level}` : undefined
              }
              emptyText={filter === "" ? "No positions." : `No position matches "${filter}".`}
            />
          </div>
          <Unvalued result={result} edits={edits} onRestore={(id) => setQuantity(id, undefined)} />
          <Footer result={result} />
        </div>
      )}
    </PanelFrame>
  );
}

function Footer({ result }: { readonly result: MarginResult }) {
  const { positions, of } = result.included;
  return (
    <p className={styles.footer} {...(positions < of && { "data-mark": "partial" })}>
      <span data-value={positions}>{positions}</span> of <span data-value={of}>{of}</span> positions included · Δ and Γ
      per 1 % of price, vega per vol point, theta per day · clear a quantity to take an edit back
    </p>
  );
}
