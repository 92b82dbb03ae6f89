import { Group, Text } from "@mantine/core";
import { useEffect, useMemo, useRef, useState } from "react";
import { useSurfaceFrame } from "../../app/margin-frame.ts";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { usePanelKeys } from "../../app/use-panel-keys.ts";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "../../figures/axes.ts";
import { borderKinks, fitsSurface } from "../../figures/border-figure.ts";
import { themeInk } from "../../figures/figure.ts";
import { hasLayer, layerOf } from "../../figures/layer.ts";
import { PlotView } from "../../figures/plot.tsx";
import { sliceFigure } from "../../figures/slice-figure.ts";
import { pointWords } from "../../figures/words.ts";
import { FigureGrid, figureCsv } from "../../grids/figure-grid.tsx";
import { useThemeName } from "../../state/preferences.ts";
import { useSession } from "../../state/session.ts";
import { shownSheet, surfaceStore, useSurface } from "../../state/surface.ts";
import { useBorders } from "../../state/surface-borders.ts";
import { compareStore, differencesOf, isOther, useCompare } from "../../state/surface-compare.ts";
import styles from "../surface/surface.module.css";
import { actionOf } from "../surface/surface-keys.ts";
import { useLowPlace } from "../surface/use-low-place.ts";
import { useSurfacePoint } from "../surface/use-surface-point.ts";
import { OtherControl, otherWords } from "../surface-2/other-control.tsx";
import { sliceTable } from "./slice-table.ts";

/** Cuts through the surface at the selected point, with a second side and the difference. */
export default function SlicesScreen() {
  const frame = useSurfaceFrame();
  const surface = useSurface(shownSheet);
  const day = useSurface((s) => s.day);
  const chosen = useSurface((s) => s.layer);
  const found = useBorders((s) => s.borders);
  const other = useCompare((s) => s.other);
  const compared = useCompare((s) => s.difference);
  const failure = useCompare((s) => s.failure);
  const methodology = useSession((s) => s.methodology);
  const themeName = useThemeName();
  const point = useSurfacePoint(surface);
  const [asTable, setAsTable] = useState(false);
  const inside = useRef<HTMLDivElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const isLow = useLowPlace(place, surface !== undefined);
  useEffect(() => surfaceStore.getState().watch(), []);
  useEffect(() => compareStore.getState().watch(), []);
  usePanelKeys(
    inside,
    (key) => {
      const action = actionOf(key, asTable ? "table" : "slices");
      if (action?.kind === "move") point.move(action.rows, action.columns);
      else if (action?.kind === "table") setAsTable(!asTable);
      else return false;
      return true;
    },
    surface !== undefined,
  );

  const layer = surface && !hasLayer(surface, chosen) ? "maintenance" : chosen;
  const borders = found && surface && fitsSurface(found, surface) ? found : undefined;
  const difference = isOther(other) && compared ? (differencesOf(compared)[day] ?? compared) : undefined;
  const { row, column } = point.kind === "selected" ? point.read : (point.selected ?? point.read);
  const drawn = useMemo(() => {
    if (!surface) return undefined;
    const isComparable = difference?.b.priceMoves.length === surface.priceMoves.length && hasLayer(difference.b, layer);
    const second =
      isComparable && difference ? { surface: difference.b, name: otherWords(other), own: methodology } : undefined;
    const options = { layer, at: { row, column }, ink: themeInk(themeName), borders, other: second, compact: isLow };
    return { figure: sliceFigure(surface, options), table: sliceTable(surface, options) };
  }, [surface, difference, layer, row, column, themeName, borders, other, methodology, isLow]);
  const kinks = useMemo(() => {
    if (!surface || !borders) return [];
    const cuts = [
      {
        along: "price",
        fixed: surface.volatilityChanges[row] ?? 0,
        axis: columnAxis(surface),
        word: columnWord(surface),
      },
      { along: "volatility", fixed: surface.priceMoves[column] ?? 0, axis: rowAxis(surface), word: rowWord(surface) },
    ] as const;
    return cuts.flatMap(({ along, fixed, axis, word }) =>
      borderKinks(borders, along, fixed).map(({ at, to, text }) => ({
        key: `${along} ${at} ${to}`,
        text: `${word} ${shockText(axis, at)}: ${borders.by === "binding" ? `${to} takes over` : text}`,
      })),
    );
  }, [surface, borders, row, column]);
  const { label, unit } = layerOf(layer);
  return (
    <PanelFrame
      panel="slices"
      title="Slices"
      {...frame}
      empty="Cuts are drawn when there is a surface."
      csv={drawn && (() => figureCsv(drawn.table))}
      toolbar={<OtherControl />}
    >
      {surface && drawn && (
        <div ref={inside} className={styles.layout}>
          <Group gap={12} px={8} pt={4}>
            <Text size="xs">
              {label}, {unit}, cut at {pointWords(surface, { row, column })}
              {difference && `. A: ${methodology}, solid; B: ${otherWords(other)}, dashed; A − B, dash and dot`}
            </Text>
            {failure && isOther(other) && (
              <Text size="xs" c="var(--danger)" role="alert">
                B: {failure.message}
              </Text>
            )}
          </Group>
          <div ref={place} className={styles.chart}>
            {asTable ? (
              <FigureGrid label={`${label} along both cuts`} table={drawn.table} />
            ) : (
              <PlotView
                figure={drawn.figure}
                label={`${label}, cuts over ${columnWord(surface)} and over ${rowWord(surface)}`}
                description={kinks.map(({ text }) => text).join("; ")}
              />
            )}
          </div>
          {kinks.length > 0 && (
            <ul className={styles.kinks} aria-label="Kinks along the cuts">
              {kinks.slice(0, mostKinks).map(({ key, text }) => (
                <li key={key}>{text}</li>
              ))}
              {kinks.length > mostKinks && <li>{kinks.length - mostKinks} more</li>}
            </ul>
          )}
          <p className={styles.words}>
            <span className={styles.keys}>
              Keys: arrows move the cuts, Enter {asTable ? "goes back to the chart" : "shows the data"}.
            </span>
          </p>
        </div>
      )}
    </PanelFrame>
  );
}

const mostKinks = 8;
