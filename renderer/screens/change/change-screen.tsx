import { useMemo } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { exportName, saveFile } from "../../app/download.ts";
import { maskedForFile } from "../../app/export/account-mask.ts";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import type { Mark } from "../../app/marks.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { useWorkFrame } from "../../app/work-frame.ts";
import type { ChangeExplanation } from "../../client/attribution.ts";
import { changeFigure, changeWords, drawnSteps, rangeOf, stepsInWords } from "../../figures/change-figure.ts";
import { lightInk, themeInk } from "../../figures/figure.ts";
import { useChangePanel } from "../../state/change.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { useThemeName } from "../../state/preferences.ts";
import { selection } from "../../state/selection.ts";
import { useWork } from "../../state/work.ts";
import styles from "./change.module.css";
import { ChangeControls } from "./change-controls.tsx";
import { changeCsv } from "./change-rows.ts";
import { ChangeTable } from "./change-table.tsx";

type View = "waterfall" | "table";

/** Yesterday to today: why the requirement is another one. */
export default function ChangeScreen() {
  const { store, work } = useChangePanel();
  const change = useWork(work, (s) => s.value);
  const { compute } = store.getState();
  const [view, setView] = usePanelState<View>("view", "waterfall");
  const computedAtMs = useWork(work, (s) => s.computedAtMs);
  const theme = useThemeName();
  const frame = useWorkFrame(work, () => void compute(), change ? marksOf(change) : []);
  const figure = useMemo(() => change && changeFigure(change, themeInk(theme)), [change, theme]);
  return (
    <PanelFrame
      panel="change"
      title="Explain of change"
      help="attribution"
      {...frame}
      state={frame.state === "empty" ? "ready" : frame.state}
      csv={change && (() => changeCsv(change))}
      provenance={change && laterSide(change, computedAtMs)}
      menu={[
        {
          label: "Export PNG",
          disabled: !change,
          onClick: () => {
            if (!change) return;
            void saveFigurePng(changeFigure(change, lightInk), {
              title: `${titleOf(change)}, ${change.unit}`,
              lines: [sidesOf(change), [changeWords(change), ...marksOf(change).map(({ text }) => text)].join(" · ")],
              name: "change-waterfall",
            });
          },
        },
        {
          label: "Export JSON",
          disabled: !change,
          onClick: () => {
            if (change)
              saveFile(
                exportName("change", "json"),
                `${JSON.stringify(maskedForFile(change), undefined, 2)}\n`,
                "application/json",
              );
          },
        },
      ]}
      toolbar={
        <Segments
          label="View"
          options={[
            { value: "waterfall", label: "Waterfall" },
            { value: "table", label: "Table" },
          ]}
          value={view}
          onChange={setView}
        />
      }
    >
      <div className={styles.layout}>
        <ChangeControls />
        {change && figure ? (
          <div className={styles.body}>
            <FigureBody
              kind="change"
              figure={figure}
              table={noTable}
              twin={<ChangeTable change={change} />}
              asTable={view === "table"}
              onTable={(asTable) => setView(asTable ? "table" : "waterfall")}
              onPart={({ index }) => {
                const step = drawnSteps(change)[index - 1];
                if (step) selection.getState().selectPositions(step.positions.map(({ id }) => id));
              }}
              label={titleOf(change)}
              words={`${stepsInWords(change)}${cutWords(change)}`}
              head={
                <>
                  <strong>{titleOf(change)}</strong>
                  <span data-sum="">{changeWords(change)}</span>
                  <span className="muted">{sidesOf(change)}</span>
                </>
              }
            />
          </div>
        ) : (
          <p className={styles.hint}>
            Choose what to hold the present book and market against: a stored run of yesterday, another portfolio and
            market, or pin what is on screen, change something, and explain. Each input is replaced in turn and
            everything is computed again, so that the steps add up.
          </p>
        )}
      </div>
    </PanelFrame>
  );
}

/** Where the later side comes from; the earlier one is named above the figure. */
function laterSide({ to, from }: ChangeExplanation, computedAtMs: number | undefined) {
  const { portfolioName, marketName, asOfMs, methodology, version } = to;
  const accuracy = from.accuracy === "exact" ? to.accuracy : from.accuracy;
  return {
    portfolio: portfolioName,
    market: marketName,
    asOfMs,
    methodology: methodology.id,
    version,
    accuracy,
    computedAtMs,
  };
}

const noTable = { columns: [], rows: [] } as const;

const titleOf = ({ requirement }: ChangeExplanation): string => `Change of ${requirement} margin`;

function sidesOf({ from, to }: ChangeExplanation): string {
  const side = ({ portfolioName, marketName, asOfMs, methodology, version }: ChangeExplanation["from"]): string =>
    `${portfolioName} at ${marketName}, ${formatInstant(asOfMs)}, ${methodology.id} ${version}`;
  return `${side(from)} → ${side(to)}`;
}

/** A vertical axis that does not begin at 0 is said. */
function cutWords(change: ChangeExplanation): string {
  const bars = [
    { label: "", amount: change.fromAmount, kind: "start" as const },
    ...drawnSteps(change).map(({ change: amount }) => ({ label: "", amount, kind: "change" as const })),
  ];
  return rangeOf(bars).range === undefined ? "" : " The axis does not begin at 0.";
}

function marksOf({ synthetic, from, to }: ChangeExplanation): Mark[] {
  const approximate = from.accuracy !== "exact" || to.accuracy !== "exact";
  const excluded = Math.max(from.excluded, to.excluded);
  return [
    ...(synthetic
      ? [{ kind: "synthetic", text: "synthetic", detail: "Generated data, not a real book or market." } as const]
      : []),
    ...(excluded > 0
      ? [{ kind: "partial", text: `${excluded} left out`, detail: "Positions without a value on one side." } as const]
      : []),
    ...(approximate
      ? [{ kind: "approx", text: "approximate", detail: "One side or both are not exact; see Summary." } as const]
      : []),
  ];
}
