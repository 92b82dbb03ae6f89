import { Button } from "@mantine/core";
import { type ReactNode, useMemo } from "react";
import { formatInstant, formatNumber } from "../../../core/base/format.ts";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { type Attribution, sumWords } from "../../figures/attribution.ts";
import { partOf } from "../../figures/attribution-figure.ts";
import { lightInk, themeInk } from "../../figures/figure.ts";
import { type FigureTable, figureCsv } from "../../grids/figure-grid.tsx";
import { useThemeName } from "../../state/preferences.ts";
import { selection } from "../../state/selection.ts";
import { useSession } from "../../state/session.ts";
import styles from "./attribution.module.css";
import { drawnOf, figureOf, type SplitViewProps } from "./split-view.ts";

interface ResultViewProps extends SplitViewProps {
  readonly chosen: Attribution | undefined;
  readonly toolbar: ReactNode;
  /** Goes over to a split by groups. */
  readonly onGroups: (choice: string) => void;
}

/** A split that the margin result carries with it: VaR decompositions, the binding scenario, positions alone. */
export function ResultView({ chosen, view, onView, toolbar, onGroups }: ResultViewProps) {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const theme = useThemeName();
  const table = useMemo(() => chosen && tableOf(chosen), [chosen]);
  const drawn = drawnOf(view);
  const figure = useMemo(() => chosen && figureOf(chosen, drawn, themeInk(theme), theme), [chosen, drawn, theme]);
  return (
    <PanelFrame
      panel="attribution"
      title="Attribution"
      help="attribution"
      {...frame}
      empty="Choose a portfolio and a market."
      csv={table && chosen && (() => figureCsv(table, [`${chosen.title}: ${sumWords(chosen)}`]))}
      menu={[
        {
          label: "Export PNG",
          disabled: !chosen || !result,
          onClick: () => {
            if (!chosen || !result) return;
            void saveFigurePng(figureOf(chosen, drawn, lightInk, "light"), {
              title: `${chosen.title}, ${chosen.unit}`,
              lines: [
                `${result.portfolioName} at ${formatInstant(result.asOfMs)} · ${result.methodology.id} ${result.rules.version}`,
                [sumWords(chosen), ...(frame.marks ?? []).map(({ text }) => text)].join(" · "),
              ],
              name: `attribution-${drawn}`,
            });
          },
        },
      ]}
      toolbar={toolbar}
    >
      {result &&
        (chosen && figure && table ? (
          <FigureBody
            kind={drawn}
            figure={figure}
            table={table}
            asTable={view === "table"}
            onTable={(asTable) => onView(asTable ? "table" : "waterfall")}
            onPart={(part) => {
              const { positionId } = partOf(chosen, drawn, part) ?? {};
              if (positionId !== undefined) selection.getState().selectPositions([positionId]);
            }}
            label={`${chosen.title}, ${drawn}`}
            words={attributionWords(chosen)}
            head={
              <>
                <strong>{chosen.title}</strong>
                <span data-sum="">{sumWords(chosen)}</span>
              </>
            }
          />
        ) : (
          <div className={styles.start}>
            <p>{result.methodology.id} carries no split of its own. Any requirement can be split by groups.</p>
            <Button size="compact-sm" variant="default" onClick={() => onGroups("group component")}>
              Split by groups of positions
            </Button>
          </div>
        ))}
    </PanelFrame>
  );
}

/** What adds most and what takes off most. */
export function attributionWords({ parts, unit }: Attribution): string {
  const sorted = [...parts].sort((a, b) => b.amount - a.amount);
  const [most, least] = [sorted[0], sorted.at(-1)];
  const text = (part: typeof most): string =>
    part ? `${part.label} ${formatNumber(part.amount, { signed: true })} ${unit}` : "";
  if (most === undefined) return "No parts.";
  return `${parts.length} parts; adds most: ${text(most)}${least && least.amount < 0 ? `; takes off most: ${text(least)}` : ""}.`;
}

function tableOf({ parts, unit, measure }: Attribution): FigureTable {
  return {
    columns: [
      { header: "Part", width: 240 },
      { header: "Group", width: 90 },
      { header: unit, decimals: 2, signed: true, width: 140 },
      { header: "% of the whole", decimals: 2, signed: true, width: 120 },
    ],
    rows: [...parts]
      .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount))
      .map(({ label, group, amount }) => [label, group, amount, measure === 0 ? undefined : (100 * amount) / measure]),
  };
}
