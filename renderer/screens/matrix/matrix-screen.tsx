import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { formatMoney } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import type { AccountResult, MarginResult, MatrixCell, RiskMatrix } from "../../client/types.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useSelection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { CellDrill } from "./cell-drill.tsx";
import { cellSentence, modeWords } from "./cell-text.ts";
import { HeatMap } from "./heat-map.tsx";
import styles from "./matrix.module.css";
import { cellValue, matrixSummary, type ValueMode, valueModes } from "./matrix-grid.ts";
import { isRanked, screenCell } from "./ranked.ts";
import { RankedList } from "./ranked-list.tsx";

interface Entry {
  readonly key: string;
  readonly account: AccountResult;
  readonly matrix: RiskMatrix;
}

export default function MatrixScreen() {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const selected = useSelection((s) => s.scenario);
  const selectScenario = useSelection((s) => s.selectScenario);
  const [mode, setMode] = usePanelState<ValueMode>("mode", "amount");
  const [chosen, setChosen] = usePanelState<string | undefined>("matrix", undefined);
  const [drilled, setDrilled] = useState<{ readonly key: string; readonly scenarioId: string }>();
  const entries = result ? entriesOf(result) : [];
  const selectedKey = selected && `${selected.account} ${selected.setId}`;
  const shown =
    entries.find(({ key }) => key === (chosen ?? selectedKey)) ??
    entries.find(({ key }) => key === selectedKey) ??
    entries[0];
  const nextMode = () => setMode(valueModes[(valueModes.indexOf(mode) + 1) % valueModes.length] ?? "amount");
  const drilledCell =
    drilled?.key === shown?.key
      ? shown?.matrix.cells.find(({ scenarioId }) => scenarioId === drilled?.scenarioId)
      : undefined;

  const choose = (entry: Entry, cell: MatrixCell): void => {
    setChosen(undefined);
    selectScenario({ account: entry.account.id, setId: entry.matrix.setId, scenarioId: cell.scenarioId });
    if (drilled) setDrilled({ key: entry.key, scenarioId: cell.scenarioId });
  };
  const drill = (entry: Entry, cell: MatrixCell): void => setDrilled({ key: entry.key, scenarioId: cell.scenarioId });
  const shownCells = shown && {
    account: shown.account,
    matrix: shown.matrix,
    mode,
    selected: selectedKey === shown.key ? selected?.scenarioId : undefined,
    onSelect: (cell: MatrixCell) => choose(shown, cell),
    onDrill: (cell: MatrixCell) => drill(shown, cell),
    onMode: nextMode,
    onClose: () => setDrilled(undefined),
  };
  return (
    <PanelFrame
      panel="matrix"
      title="Risk matrix"
      {...frame}
      empty={
        result
          ? "This method has no risk matrix: see the statement."
          : "Import a portfolio and a market, or open the sample."
      }
      csv={result && (() => matrixCsv(entries))}
      toolbar={
        <>
          {entries.length > 1 && shown && (
            <Select
              size="xs"
              w={190}
              aria-label="Matrix"
              allowDeselect={false}
              data={entries.map(({ key, account, matrix }) => ({
                value: key,
                label: `${account.id}: ${matrix.title}`,
              }))}
              value={shown.key}
              onChange={(key) => {
                setChosen(key ?? undefined);
                setDrilled(undefined);
              }}
            />
          )}
          <Segments
            label="Value of cells (v)"
            options={valueModes.map((value) => ({ value, label: modeWords[value] }))}
            value={mode}
            onChange={setMode}
          />
        </>
      }
    >
      {shown && shownCells && (
        <div className={styles.layout}>
          {isRanked(shown.matrix) ? (
            <RankedList {...shownCells} />
          ) : (
            <div className={styles.scroll}>
              <HeatMap {...shownCells} />
            </div>
          )}
          <ReadOut
            entry={shown}
            scenarioId={selectedKey === shown.key ? selected?.scenarioId : undefined}
            onDrill={(cell) => drill(shown, cell)}
          />
          {drilledCell && (
            <CellDrill
              account={shown.account}
              matrix={shown.matrix}
              cell={isRanked(shown.matrix) ? screenCell(drilledCell) : drilledCell}
              onClose={() => setDrilled(undefined)}
            />
          )}
        </div>
      )}
    </PanelFrame>
  );
}

interface ReadOutProps {
  readonly entry: Entry;
  readonly scenarioId: string | undefined;
  readonly onDrill: (cell: MatrixCell) => void;
}

/** The selected cell in full precision and the matrix in one sentence. */
function ReadOut({ entry: { account, matrix }, scenarioId, onDrill }: ReadOutProps) {
  const shown = scenarioId ?? matrix.bindingScenarioId;
  const found = matrix.cells.find((candidate) => candidate.scenarioId === shown);
  const cell = found && isRanked(matrix) ? screenCell(found) : found;
  return (
    <div className={styles.readOut}>
      <output aria-live="polite">
        {cell
          ? cellSentence(
              cell,
              matrix.unit,
              cellValue(cell, "equity", account),
              cell.scenarioId === matrix.bindingScenarioId,
            )
          : "No scenario loses."}
      </output>
      {cell && (
        <Button size="compact-xs" variant="default" aria-keyshortcuts="Enter" onClick={() => onDrill(cell)}>
          Show positions
        </Button>
      )}
      <p>{matrixSummary(matrix, (amount) => formatMoney(amount, matrix.unit))}</p>
      {!isRanked(matrix) && <p>Arrows move, b binding cell, v value, Enter positions, Esc back.</p>}
    </div>
  );
}

function entriesOf(result: MarginResult): Entry[] {
  return result.accounts.flatMap((account) =>
    account.matrices.map((matrix) => ({ key: `${account.id} ${matrix.setId}`, account, matrix })),
  );
}

function matrixCsv(entries: readonly Entry[]): CsvTable {
  return {
    header: [
      ...["account", "matrix", "scenario", "label", "group", "price move (fraction)", "volatility", "unit"],
      ...["amount", "before offsets", "share of equity (fraction)", "binding"],
    ],
    rows: entries.flatMap(({ account, matrix }) =>
      matrix.cells.map((cell) => [
        ...[account.id, matrix.setId, cell.scenarioId, cell.label, cell.group, cell.priceMove, cell.volatility],
        ...[matrix.unit, cell.amount, cell.beforeOffsets, cellValue(cell, "equity", account)],
        cell.scenarioId === matrix.bindingScenarioId,
      ]),
    ),
  };
}
