import { Select } from "@mantine/core";
import { type ReactNode, useEffect, useMemo } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { withoutAccountNames } from "../../app/account-split.ts";
import { exportName, saveFile } from "../../app/download.ts";
import { maskedForFile } from "../../app/export/account-mask.ts";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { RequirementSegments } from "../../app/requirement-segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { AttributionKind, AttributionRun, Grouping } from "../../client/attribution.ts";
import { attributionOfSplit, splitTitle, splitWords } from "../../figures/attribution.ts";
import { partOf } from "../../figures/attribution-figure.ts";
import { lightInk, themeInk } from "../../figures/figure.ts";
import { groupingLabels, useAttribution, useAttributionPanel } from "../../state/attribution.ts";
import { usePreferences, useThemeName } from "../../state/preferences.ts";
import { selection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import { useWork } from "../../state/work.ts";
import styles from "./attribution.module.css";
import { attributionWords } from "./result-view.tsx";
import { SplitFacts, SplitNotes } from "./split-facts.tsx";
import { splitCsv } from "./split-rows.ts";
import { SplitTable } from "./split-table.tsx";
import { drawnOf, figureOf, type SplitViewProps } from "./split-view.ts";
import { TagForm } from "./tag-form.tsx";

interface GroupViewProps extends SplitViewProps {
  readonly kind: AttributionKind;
  readonly toolbar: ReactNode;
}

/** The requirement split among groups of positions: computed when asked for, all ways at once. */
export function GroupView({ kind, view, onView, toolbar }: GroupViewProps) {
  const { store, work } = useAttributionPanel();
  const { choose, compute } = store.getState();
  const grouping = useAttribution((s) => s.grouping);
  const requirement = useAttribution((s) => s.requirement);
  const run = useShownRun();
  const { marks = [], provenance } = useMarginFrame();
  const frame = useWorkFrame(work, () => void compute(), ownMarks(marks));
  const theme = useThemeName();
  const drawn = drawnOf(view);
  const split = run?.splits.find((one) => one.kind === kind);
  const chosen = useMemo(() => run && split && attributionOfSplit(run, split), [run, split]);
  const figure = useMemo(() => chosen && figureOf(chosen, drawn, themeInk(theme), theme), [chosen, drawn, theme]);
  useEffect(() => {
    if (work.getState().state === "empty") void store.getState().compute();
  }, [store, work]);
  const table = useMemo(() => ({ columns: [], rows: [] }), []);
  const refused = run?.refused.find((one) => one.kind === kind);
  return (
    <PanelFrame
      panel="attribution"
      title="Attribution"
      help="attribution"
      {...frame}
      provenance={run && provenance}
      empty="Choose a portfolio and a market."
      csv={run && (() => splitCsv(run))}
      menu={[
        {
          label: "Export PNG",
          disabled: !chosen,
          onClick: () => {
            if (!chosen || !run || !split) return;
            void saveFigurePng(figureOf(chosen, drawn, lightInk, "light"), {
              title: `${splitTitle(run, split)}, ${run.unit}`,
              lines: [
                sourceWords(run),
                [splitWords(run, split), ...(frame.marks ?? []).map(({ text }) => text)].join(" · "),
              ],
              name: `attribution-${kind}-${drawn}`,
            });
          },
        },
        {
          label: "Export JSON",
          disabled: !run,
          onClick: () => {
            if (run)
              saveFile(
                exportName("attribution", "json"),
                `${JSON.stringify(maskedForFile(run), undefined, 2)}\n`,
                "application/json",
              );
          },
        },
      ]}
      toolbar={
        <>
          {toolbar}
          <Select
            size="xs"
            w={124}
            aria-label="Groups of positions"
            allowDeselect={false}
            data={Object.entries(groupingLabels).map(([value, label]) => ({ value, label }))}
            value={grouping}
            onChange={(value) => value !== null && choose({ grouping: value as Grouping })}
          />
          <RequirementSegments value={requirement} onChange={(value) => choose({ requirement: value })} />
        </>
      }
    >
      {run && (
        <div className={styles.layout}>
          {grouping === "tag" && <TagForm run={run} />}
          {chosen && split && figure ? (
            <div className={styles.table}>
              <FigureBody
                kind={drawn}
                figure={figure}
                table={table}
                twin={<SplitTable run={run} />}
                asTable={view === "table"}
                onTable={(asTable) => onView(asTable ? "table" : "waterfall")}
                onPart={(part) => {
                  const { positions } = partOf(chosen, drawn, part) ?? {};
                  if (positions) selection.getState().selectPositions(positions);
                }}
                label={`${chosen.title}, ${drawn}`}
                words={`${split.meaning} ${attributionWords(chosen)}`}
                head={<SplitFacts run={run} split={split} />}
              />
            </div>
          ) : (
            <p className={styles.start}>{missingWords(refused, frame.state)}</p>
          )}
          {view === "table" && <SplitNotes run={run} />}
        </div>
      )}
    </PanelFrame>
  );
}

/** The run as it may be shown: without the names of accounts where the user masks them. */
function useShownRun(): AttributionRun | undefined {
  const run = useWork(useAttributionPanel().work, (s) => s.value);
  const masked = usePreferences((s) => s.maskAccounts);
  const accounts = useSession((s) => s.result?.accounts);
  return useMemo(() => {
    if (!run || !masked) return run;
    return withoutAccountNames(run, new Set(accounts?.flatMap(({ id, unit }) => [id, unit])));
  }, [run, masked, accounts]);
}

function missingWords(refused: AttributionRun["refused"][number] | undefined, state: string): string {
  if (refused) return `${refused.title} is not shown: ${refused.failure.message}`;
  return state === "loading" ? "Being computed; the other ways are there." : "This way was not computed.";
}

/** Marks of the session that hold for the split too; stale is its own. */
function ownMarks(marks: readonly Mark[]): readonly Mark[] {
  return marks.filter(({ kind }) => kind !== "stale");
}

function sourceWords({ portfolioName, asOfMs, methodology, version }: AttributionRun): string {
  return `${portfolioName} at ${formatInstant(asOfMs)} · ${methodology.id} ${version}`;
}
