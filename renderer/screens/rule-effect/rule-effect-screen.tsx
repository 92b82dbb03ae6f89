import { useEffect, useMemo } from "react";
import { formatNumber, formatPercent, rawNumber } from "../../../core/base/format.ts";
import type { CsvTable } from "../../app/download.ts";
import { syntheticMark } from "../../app/margin-frame.ts";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { RuleEffect } from "../../client/reports.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { usePanelState } from "../../state/panel-instance.ts";
import { useRuleEffect, useRuleEffectPanel } from "../../state/rule-effect.ts";
import { useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import { type RuleDifference, ruleDifferenceColumns } from "../parameters/rule-difference-columns.ts";
import { useMethodology } from "../parameters/use-methodology.ts";
import { effectColumns } from "./effect-columns.ts";
import { EffectControls } from "./effect-controls.tsx";
import { changeOf, type EffectRow, effectSentence, lineRow, positionRows, totalRows } from "./effect-rows.ts";
import styles from "./rule-effect.module.css";

type View = "rules" | "lines" | "positions";

export default function RuleEffectScreen() {
  const { work } = useRuleEffectPanel();
  const effect = useWork(work, (s) => s.value);
  const compare = useRuleEffect((s) => s.compare);
  const methodology = useRuleEffect((s) => s.methodology);
  const frame = useWorkFrame(work, () => void compare(), effect && marksOf(effect));
  useChoiceOfSession();
  const names = effect && namesOf(effect);
  return (
    <PanelFrame
      panel="rule-effect"
      title="Rule change"
      {...frame}
      state={frame.state === "empty" ? "ready" : frame.state}
      help={methodology === undefined ? "glossary" : `methodology/${methodology}`}
      csv={effect && (() => effectCsv(effect))}
      toolbar={
        names ? <span className="muted">{`${effect.portfolioName}: ${names.from} → ${names.to}`}</span> : undefined
      }
    >
      <div className={styles.layout}>
        <EffectControls />
        {effect ? <Effect effect={effect} /> : <Hint />}
      </div>
    </PanelFrame>
  );
}

/** The method and its last two versions, until the user chooses. */
function useChoiceOfSession(): void {
  const own = useSession((s) => s.result?.methodology.id);
  const current = useSession((s) => s.result?.rules.version);
  const chosen = useRuleEffect((s) => s.methodology);
  const from = useRuleEffect((s) => s.from);
  const choose = useRuleEffect((s) => s.choose);
  const { detail } = useMethodology(chosen);
  useEffect(() => {
    if (chosen === undefined && own !== undefined) choose({ methodology: own });
  }, [chosen, own, choose]);
  useEffect(() => {
    if (!detail || from !== undefined) return;
    const versions = detail.versions.map(({ name }) => name);
    const place = current !== undefined && versions.includes(current) ? versions.indexOf(current) : versions.length - 1;
    const later = versions[place === 0 ? Math.min(1, versions.length - 1) : place];
    const earlier = versions[Math.max(0, place - 1)];
    if (earlier !== undefined && later !== undefined) choose({ from: { name: earlier }, to: { name: later } });
  }, [detail, from, current, choose]);
}

function Hint() {
  const versions = useMethodology(useRuleEffect((s) => s.methodology)).detail?.versions.length ?? 0;
  return (
    <p className="muted" style={{ padding: "8px 10px", margin: 0 }}>
      {versions === 1
        ? "This method has one version of its rules. Set overrides in Parameters to compare it with them."
        : "Choose two versions and Compare: what changed in the rules, and what it does to the margin of this book."}
    </p>
  );
}

function Effect({ effect }: { readonly effect: RuleEffect }) {
  const [view, setView] = usePanelState<View>("view", "lines");
  const { detail } = useMethodology(effect.methodology.id);
  const { from, to } = namesOf(effect);
  const lines = useMemo(() => effect.lines.map(lineRow), [effect]);
  const positions = useMemo(() => positionRows(effect), [effect]);
  const rows = view === "lines" ? lines : positions;
  const columns = useMemo(() => effectColumns(view === "lines" ? "Line" : "Position", from, to), [view, from, to]);
  const ruleColumns = useMemo(() => ruleDifferenceColumns(from, to, detail?.rulesSchema), [from, to, detail]);
  const pinned = useMemo(() => {
    const total = changeOf(positions);
    if (view !== "positions" || !total) return undefined;
    return [{ id: "total", label: "Total", account: "", ...total }];
  }, [positions, view]);
  return (
    <>
      <div className={styles.scroll}>
        <table className={styles.totals}>
          <caption>{effectSentence(effect)}</caption>
          <thead>
            <tr>
              <th scope="col">All accounts, USD</th>
              <th scope="col" className="numeric">
                {from}
              </th>
              <th scope="col" className="numeric">
                {to}
              </th>
              <th scope="col" className="numeric">
                Change
              </th>
              <th scope="col" className="numeric">
                Change, %
              </th>
            </tr>
          </thead>
          <tbody>
            {totalRows(effect).map((row) => (
              <tr key={row.id}>
                <th scope="row">{row.label}</th>
                <td className="numeric" data-value={rawNumber(row.from)}>
                  {formatNumber(row.from)}
                </td>
                <td className="numeric" data-value={rawNumber(row.to)}>
                  {formatNumber(row.to)}
                </td>
                <td className="numeric" data-value={rawNumber(row.change)}>
                  {formatNumber(row.change, { signed: true })}
                </td>
                <td className="numeric" data-value={rawNumber(row.fraction)}>
                  {formatPercent(row.fraction, { signed: true })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.view}>
        <Segments
          label="What to show"
          options={[
            { value: "rules", label: `Rules ${effect.rules.length}` },
            { value: "lines", label: `Lines ${effect.lineCount}` },
            { value: "positions", label: `Positions ${effect.positions.length}` },
          ]}
          value={view}
          onChange={setView}
        />
        <span className="muted">
          {view === "positions" && "contribution to the initial margin of the account, largest change first"}
          {view === "lines" &&
            (effect.lineCount > lines.length ? `the ${lines.length} largest changes` : "largest change first")}
        </span>
      </div>
      <div className={styles.grid}>
        {view === "rules" ? (
          <DataGrid<RuleDifference>
            label={`Parameters that differ between ${from} and ${to}`}
            rows={effect.rules}
            columns={ruleColumns}
            rowId={pathOf}
            emptyText="These versions have equal parameters."
          />
        ) : (
          <DataGrid<EffectRow>
            key={view}
            label={view === "lines" ? "Change of each line" : "Change of each position"}
            rows={rows}
            columns={columns}
            rowId={idOf}
            {...(pinned && { pinnedBottomRows: pinned })}
            emptyText="Nothing changes."
          />
        )}
      </div>
    </>
  );
}

function marksOf({ synthetic, from, to }: RuleEffect): Mark[] {
  const isExact = from.accuracy === "exact" && to.accuracy === "exact";
  return [
    ...(synthetic ? [syntheticMark] : []),
    ...(isExact ? [] : [{ kind: "approx", text: "approximate", detail: "One side or both are not exact." } as const]),
  ];
}

const idOf = ({ id }: EffectRow): string => id;
const pathOf = ({ path }: RuleDifference): string => path;

function namesOf({ from, to }: RuleEffect): { readonly from: string; readonly to: string } {
  const name = ({ version, overrides }: RuleEffect["from"]): string =>
    overrides.length === 0 ? version : `${version} with ${overrides.length} overrides`;
  return { from: name(from), to: name(to) };
}

function effectCsv(effect: RuleEffect): CsvTable {
  const { from, to } = namesOf(effect);
  const row = (kind: string) => (amount: EffectRow) => [
    ...[kind, amount.account, amount.id, amount.label, amount.unit],
    ...[amount.from, amount.to, amount.change, amount.fraction],
  ];
  return {
    header: ["row", "account", "id", "label", "unit", from, to, "change", "change as fraction"],
    rows: [
      ...totalRows(effect).map(row("total")),
      ...effect.lines.map(lineRow).map(row("line")),
      ...positionRows(effect).map(row("position")),
      ...effect.rules.map((rule) => [
        "rule",
        "",
        rule.path,
        "",
        "",
        JSON.stringify(rule.from),
        JSON.stringify(rule.to),
      ]),
    ],
  };
}
