import { SegmentedControl, Select } from "@mantine/core";
import { useMemo, useState } from "react";
import { formatInstant, formatNumber } from "../../../core/base/format.ts";
import { FigureBody } from "../../app/figure-body.tsx";
import { saveFigurePng } from "../../app/figure-export.ts";
import { useMarginFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { categoriesOf } from "../../app/theme/palettes.ts";
import { type Attribution, attributionsOf, sumWords } from "../../figures/attribution.ts";
import { treemapFigure, waterfallFigure } from "../../figures/attribution-figure.ts";
import { type Ink, lightInk, themeInk } from "../../figures/figure.ts";
import { type FigureTable, figureCsv } from "../../grids/figure-grid.tsx";
import { type ThemeName, useThemeName } from "../../state/preferences.ts";
import { useSession } from "../../state/session.ts";

type View = "waterfall" | "treemap" | "table";
const views = [
  { value: "waterfall", label: "Waterfall" },
  { value: "treemap", label: "Treemap" },
  { value: "table", label: "Table" },
] as const;

export default function AttributionScreen() {
  const frame = useMarginFrame();
  const result = useSession((s) => s.result);
  const theme = useThemeName();
  const [view, setView] = useState<View>("waterfall");
  const [accountId, setAccount] = useState<string>();
  const [attributionId, setAttribution] = useState<string>();
  const account = result?.accounts.find(({ id }) => id === accountId) ?? result?.accounts[0];
  const attributions = useMemo(() => (result && account ? attributionsOf(result, account) : []), [result, account]);
  const chosen = attributions.find(({ id }) => id === attributionId) ?? attributions[0];
  const table = useMemo(() => chosen && tableOf(chosen), [chosen]);
  const drawn = view === "table" ? "waterfall" : view;
  const figure = useMemo(() => chosen && figureOf(chosen, drawn, themeInk(theme), theme), [chosen, drawn, theme]);
  const words = chosen ? attributionWords(chosen) : "";
  return (
    <PanelFrame
      panel="attribution"
      title="Attribution"
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
      toolbar={
        <>
          {(result?.accounts.length ?? 0) > 1 && (
            <Select
              size="xs"
              w={110}
              aria-label="Account"
              allowDeselect={false}
              data={result?.accounts.map(({ id }) => ({ value: id, label: id })) ?? []}
              value={account?.id ?? null}
              onChange={(id) => setAccount(id ?? undefined)}
            />
          )}
          {attributions.length > 0 && (
            <Select
              size="xs"
              w={330}
              aria-label="What is split, and how"
              allowDeselect={false}
              data={attributions.map(({ id, title }) => ({ value: id, label: title }))}
              value={chosen?.id ?? null}
              onChange={(id) => setAttribution(id ?? undefined)}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label="View"
            data={[...views]}
            value={view}
            onChange={(value) => setView(views.find((known) => known.value === value)?.value ?? "waterfall")}
          />
        </>
      }
    >
      {result &&
        (chosen && figure && table ? (
          <FigureBody
            kind={drawn}
            figure={figure}
            table={table}
            asTable={view === "table"}
            onTable={(asTable) => setView(asTable ? "table" : "waterfall")}
            label={`${chosen.title}, ${drawn}`}
            words={words}
            head={
              <>
                <strong>{chosen.title}</strong>
                <span data-sum="">{sumWords(chosen)}</span>
              </>
            }
          />
        ) : (
          <p className="muted" style={{ padding: "8px 10px", margin: 0 }}>
            {result.methodology.id} splits nothing of this book: no position stands in its account.
          </p>
        ))}
    </PanelFrame>
  );
}

function figureOf(chosen: Attribution, view: "waterfall" | "treemap", ink: Ink, theme: ThemeName) {
  return view === "waterfall"
    ? waterfallFigure(chosen, ink)
    : treemapFigure(chosen, { ink, categories: categoriesOf(theme) });
}

function attributionWords({ parts, unit }: Attribution): string {
  const sorted = [...parts].sort((a, b) => b.amount - a.amount);
  const [most, least] = [sorted[0], sorted.at(-1)];
  const text = (part: typeof most): string =>
    part ? `${part.label} ${formatNumber(part.amount, { signed: true })} ${unit}` : "";
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
