import { Select } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import { formatNumber, moneyDecimals, rawNumber } from "../../../core/base/format.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { openPanel } from "../../state/layout.ts";
import { selection } from "../../state/selection.ts";
import styles from "./decomposition.module.css";
import { splitColumns } from "./decomposition-columns.ts";
import { kindWords, type Section, type SplitRow, splitRows, sumCheck } from "./decomposition-rows.ts";

/** Ways to split a line: a list of them, and the chosen one as a table with its sum. */
export function DecompositionView({ sections }: { readonly sections: readonly Section[] }) {
  const [chosen, setChosen] = useState<string>();
  const shown = sections.find(({ key }) => key === chosen) ?? sections[0];
  if (!shown) return null;
  const manyAccounts = sections.some(({ account }) => account !== shown.account);
  const titleOf = ({ account, decomposition: { id, title } }: Section): string => {
    const list = id.startsWith("current/") ? "" : `${id.split("/")[0]}: `;
    return `${manyAccounts ? `${account}: ` : ""}${list}${title}`;
  };
  return (
    <div className={styles.frame}>
      <div className={styles.view}>
        <nav className={styles.sections} aria-label="Decompositions">
          {sections.map((section) => (
            <button
              key={section.key}
              type="button"
              aria-current={section.key === shown.key}
              onClick={() => setChosen(section.key)}
            >
              {titleOf(section)}
            </button>
          ))}
        </nav>
        <Select
          className={styles.picker ?? ""}
          size="xs"
          aria-label="Decomposition"
          allowDeselect={false}
          data={sections.map((section) => ({ value: section.key, label: titleOf(section) }))}
          value={shown.key}
          onChange={(key) => setChosen(key ?? undefined)}
        />
        <Split key={shown.key} section={shown} title={titleOf(shown)} />
      </div>
    </div>
  );
}

function Split({ section, title }: { readonly section: Section; readonly title: string }) {
  const { account, decomposition } = section;
  const heading = useId();
  const rows = useMemo(() => splitRows(decomposition), [decomposition]);
  const columns = useMemo(() => splitColumns(decomposition), [decomposition]);
  const { measure, unit, kind, lineId, setId } = decomposition;
  const check = sumCheck(decomposition);
  const open = ({ scenarioId, positionId }: SplitRow): void => {
    if (scenarioId !== undefined && setId !== undefined) {
      selection.getState().selectScenario({ account, setId, scenarioId });
      openPanel("matrix");
    } else if (positionId !== undefined) {
      selection.getState().selectPositions([positionId]);
      openPanel("positions");
    }
  };
  return (
    <section className={styles.split} aria-labelledby={heading}>
      <header className={styles.head}>
        <h3 id={heading}>{title}</h3>
        <p className="muted">{kindWords[kind]}</p>
        <p className={styles.check} data-verdict={check.verdict} data-value={rawNumber(decomposition.sum)}>
          {check.verdict === "equal" ? "✓ " : check.verdict === "different" ? "✕ " : ""}
          {check.text}
          <button type="button" className={styles.link} onClick={() => selection.getState().selectLine(lineId)}>
            {formatNumber(measure, { decimals: moneyDecimals(unit) })} {unit}: the line
          </button>
        </p>
      </header>
      <div className={styles.grid}>
        <DataGrid<SplitRow>
          label={title}
          rows={rows}
          columns={columns}
          rowId={({ key }) => key}
          onOpen={open}
          onSelect={(chosen) => {
            const [only] = chosen;
            const positions = chosen.flatMap(({ positionId }) => (positionId === undefined ? [] : [positionId]));
            if (positions.length > 0) selection.getState().selectPositions(positions);
            else if (chosen.length === 1 && only?.scenarioId !== undefined && setId !== undefined)
              selection.getState().selectScenario({ account, setId, scenarioId: only.scenarioId });
          }}
          emptyText="Nothing to split."
        />
      </div>
    </section>
  );
}
