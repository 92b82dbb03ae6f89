import { Select } from "@mantine/core";
import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import answerPanel from "../../app/answer-panel.module.css";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { Segments } from "../../app/segments.tsx";
import { TableHead } from "../../app/table-head.tsx";
import type { StressDrill, StressedScenario, StressOutcome, StressStep } from "../../client/stress.ts";
import { type Ink, themeInk } from "../../figures/figure.ts";
import { PlotView } from "../../figures/plot.tsx";
import { waterfall } from "../../figures/waterfall.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { TreeGrid } from "../../grids/tree-grid.tsx";
import { useTree } from "../../grids/use-tree.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useThemeName } from "../../state/preferences.ts";
import { useSelection } from "../../state/selection.ts";
import { useStress, useStressPanel } from "../../state/stress.ts";
import { useWork } from "../../state/work.ts";
import { type StatementRow, statementColumns } from "../statement/statement-columns.ts";
import { statementTree } from "../statement/statement-tree.ts";
import { type DrillRow, drillColumns, drillRows, drillTotal, factorBars } from "./drill-rows.ts";
import { PathView } from "./path-view.tsx";
import { factorText, labelOf, stillInBook } from "./result-rows.ts";
import styles from "./stress.module.css";

type View = "positions" | "factors" | "path" | "statement" | "moves";

interface DrillViewProps {
  readonly scenario: StressedScenario;
  readonly outcome: StressOutcome | undefined;
}

/** One scenario opened: positions, factors, its path, the statement of the stressed run, what moves. */
export function DrillView({ scenario, outcome }: DrillViewProps) {
  const [chosen, setView] = usePanelState<View>("opened", "positions");
  const { drill: drillWork } = useStressPanel();
  const drill = useWork(drillWork, (s) => s.value);
  const failure = useWork(drillWork, (s) => s.failure);
  const busy = useWork(drillWork, (s) => s.state === "loading");
  const steps = outcome?.steps;
  const view = chosen === "path" && !steps ? "positions" : chosen;
  // By what was asked: two sets may have one name, and their scenarios one id.
  const isOpened = useStress(({ opened }) => opened?.scenario === scenario.id && opened.column === outcome?.column);
  const shown = isOpened ? drill : undefined;
  const still = stillInBook(scenario).length;
  return (
    <section className={styles.drill} aria-label={`Scenario ${labelOf(scenario)}`} aria-busy={busy}>
      <div className={answerPanel.line}>
        <h3>{labelOf(scenario)}</h3>
        <Segments
          label="View of the scenario"
          options={[
            { value: "positions", label: "Positions" },
            { value: "factors", label: "Factors" },
            ...(steps ? [{ value: "path" as const, label: `Path ${steps.length}` }] : []),
            { value: "statement", label: "Statement" },
            { value: "moves", label: "Moves" },
          ]}
          value={view}
          onChange={setView}
        />
        {steps && shown && view !== "path" && view !== "moves" && (
          <OpenedStep steps={steps} worst={outcome?.worstStep} />
        )}
        {still > 0 && <span className={styles.notMoved}>{still} not moved</span>}
        {busy && <span className="muted">opening…</span>}
      </div>
      {view === "path" && steps && (
        <PathView key={scenario.id} steps={steps} label={scenario.label} worst={outcome?.worstStep} />
      )}
      {view === "moves" && <Moves scenario={scenario} />}
      {view !== "path" && view !== "moves" && !shown && failure && <FailureBanner failure={failure} />}
      {view === "positions" && shown && <Positions drill={shown} />}
      {view === "factors" && shown && <Factors drill={shown} />}
      {view === "statement" && shown && <StressedStatement drill={shown} />}
    </section>
  );
}

const once = "once";

interface OpenedStepProps {
  readonly steps: readonly StressStep[];
  readonly worst: number | undefined;
}

/** What of a path is opened: a step of it, or the event at once. */
function OpenedStep({ steps, worst }: OpenedStepProps) {
  const opened = useStress((s) => s.opened?.step);
  const { store } = useStressPanel();
  return (
    <Select
      size="xs"
      w={250}
      aria-label="Opened at"
      allowDeselect={false}
      data={[
        { value: once, label: "Event at once" },
        ...steps.map(({ label }, place) => ({
          value: String(place),
          label: `Step ${place + 1}${place === worst ? ", the worst" : ""}: ${label}`,
        })),
      ]}
      value={opened === undefined ? once : String(opened)}
      onChange={(value) => value !== null && void store.getState().drill(value === once ? once : Number(value))}
    />
  );
}

const idOf = ({ id }: { readonly id: string }): string => id;

/** A waterfall of requirements draws what adds in the colour of losses; here what adds is a gain. */
const gainsUp = (ink: Ink): Ink => ({ ...ink, first: ink.second, second: ink.first });

function Positions({ drill }: { readonly drill: StressDrill }) {
  const rows = useMemo(() => drillRows(drill), [drill]);
  const total = useMemo(() => [drillTotal(drill)], [drill]);
  const columns = useMemo(() => drillColumns(drill), [drill]);
  const selectPositions = useSelection((s) => s.selectPositions);
  return (
    <div className={styles.grid}>
      <DataGrid<DrillRow>
        label="Profit by position and factor"
        rows={rows}
        columns={columns}
        rowId={idOf}
        pinnedBottomRows={total}
        onSelect={(chosen) => selectPositions(chosen.map(({ id }) => id))}
      />
    </div>
  );
}

function Factors({ drill }: { readonly drill: StressDrill }) {
  const theme = useThemeName();
  const bars = useMemo(() => factorBars(drill), [drill]);
  const figure = useMemo(() => waterfall(bars, "USD", gainsUp(themeInk(theme)), "stress-factors"), [bars, theme]);
  const words = bars
    .map(({ label, amount }) => `${label} ${formatNumber(amount, { decimals: 0, signed: true, unit: "USD" })}`)
    .join(", ");
  return (
    <>
      <div className={styles.chart}>
        <PlotView key="factors" figure={figure} label="Profit by factor" description={words} />
      </div>
      <p className={styles.words}>{words}.</p>
    </>
  );
}

function StressedStatement({ drill }: { readonly drill: StressDrill }) {
  const nodes = useMemo(() => statementTree(drill.result), [drill]);
  const { rows, toggle } = useTree(nodes, 2, ({ label }) => label);
  const columns = useMemo(() => statementColumns(toggle), [toggle]);
  return (
    <>
      <p className={styles.words}>Statement of the stressed run: every amount is at the moved market.</p>
      <div className={styles.grid}>
        <TreeGrid<StatementRow>
          label="Statement under stress"
          rows={rows}
          columns={columns}
          onToggle={toggle}
          rowClass={({ level }) => (level <= 2 ? `tree-group tree-group-${level + 1}` : undefined)}
          emptyText="No lines."
        />
      </div>
    </>
  );
}

/** What the scenario moves and on whose word, and what it leaves where it is. */
function Moves({ scenario }: { readonly scenario: StressedScenario }) {
  const { moved, notMoved, remarks, severity } = scenario;
  return (
    <div className={styles.moves}>
      <table>
        <caption className="visually-hidden">Factors of the book under the scenario</caption>
        <TableHead columns={["Factor", "Move", "By"]} />
        <tbody>
          {moved.map(({ factor, move, by }) => (
            <tr key={factor}>
              <th scope="row">{factorText({ factor })}</th>
              <td className="numeric">{move}</td>
              <td>{by}</td>
            </tr>
          ))}
          {notMoved.map(({ factor, reason }) => (
            <tr key={`not ${factor}`} className={styles.notMoved}>
              <th scope="row">{factorText({ factor })}</th>
              <td>not moved</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="muted">
        {severity.norm === undefined
          ? (severity.note ?? "No history: the severity is not known.")
          : `${formatNumber(severity.norm)} standard deviations over ${severity.horizonDays} days${
              severity.percentile === undefined
                ? ""
                : `; further than ${formatNumber(severity.percentile * 100, { decimals: 2 })} % of ${formatNumber(severity.observations ?? 0, { decimals: 0 })} moves of the history`
            }.`}
        {severity.norm !== undefined && severity.note !== undefined && ` ${severity.note}`}
      </p>
      {remarks.map((remark) => (
        <p key={remark} className="muted">
          {remark}
        </p>
      ))}
    </div>
  );
}
