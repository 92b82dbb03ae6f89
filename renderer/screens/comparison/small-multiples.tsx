import { Button, Select } from "@mantine/core";
import { useMemo } from "react";
import { formatNumber } from "../../../core/base/format.ts";
import { Segments } from "../../app/segments.tsx";
import { palettes, sequentialSteps } from "../../app/theme/palettes.ts";
import type { Comparison } from "../../client/reports.ts";
import { themeInk } from "../../figures/figure.ts";
import { hasLayer, layerOf, layers, type Surface } from "../../figures/layer.ts";
import { PlotView } from "../../figures/plot.tsx";
import { commonRange, isComparable, smallMultipleFigure } from "../../figures/small-multiple-figure.ts";
import { type ChosenColumn, useComparison, useComparisonPanel } from "../../state/comparison.ts";
import { jobsStore } from "../../state/jobs.ts";
import { usePanelState } from "../../state/panel-instance.ts";
import { usePreferences, useThemeName } from "../../state/preferences.ts";
import styles from "./comparison.module.css";

interface SmallMultiplesProps {
  readonly comparison: Comparison;
  readonly chosen: readonly ChosenColumn[];
}

/** The same surface for each column, in the same colours; or its difference to the reference. */
export function SmallMultiples({ comparison, chosen }: SmallMultiplesProps) {
  const surfaces = useComparison((s) => s.surfaces);
  const layer = useComparison((s) => s.layer);
  const job = useComparison((s) => s.surfaceJob);
  const { setLayer, drawSurfaces } = useComparisonPanel().store.getState();
  const [view, setView] = usePanelState<"amount" | "difference">("surfaces", "amount");
  const palette = usePreferences((s) => s.palette);
  const theme = useThemeName();
  const found = useMemo(
    () => new Map(surfaces.flatMap((one) => ("surface" in one ? [[one.key, one.surface] as const] : []))),
    [surfaces],
  );
  const failures = useMemo(
    () => new Map(surfaces.flatMap((one) => ("failure" in one ? [[one.key, one.failure.message] as const] : []))),
    [surfaces],
  );
  const base = found.get(chosen[comparison.reference]?.key ?? -1);
  const reference = view === "difference" ? base : undefined;
  const drawn = useMemo(() => {
    const usable = (surface: Surface): boolean =>
      hasLayer(surface, layer) && (reference === undefined || isComparable(surface, reference, layer));
    const range = commonRange([...found.values()].filter(usable), layer, reference);
    const diverging = palettes[palette].steps;
    const options = { layer, range, diverging, ink: themeInk(theme), reference };
    return {
      range,
      figures: new Map(
        [...found].flatMap(([key, surface]) =>
          usable(surface) ? [[key, smallMultipleFigure(surface, options)] as const] : [],
        ),
      ),
    };
  }, [found, layer, reference, palette, theme]);
  const { label, unit, scale } = layerOf(layer);
  const signed = reference !== undefined || scale === "diverging";
  return (
    <section className={styles.multiples} aria-label="Surfaces side by side">
      <div className={styles.bar2}>
        <Button size="compact-xs" variant="default" loading={job !== undefined} onClick={() => void drawSurfaces()}>
          {surfaces.length === 0 ? "Draw the surfaces" : "Draw again"}
        </Button>
        {job !== undefined && (
          <Button size="compact-xs" variant="default" onClick={() => jobsStore.getState().cancel(job)}>
            Cancel
          </Button>
        )}
        <Select
          size="xs"
          w={200}
          aria-label="What the surfaces show"
          allowDeselect={false}
          data={layers.map(({ id, label: name }) => ({ value: id, label: name }))}
          value={layer}
          onChange={(value) => {
            const chosenLayer = layers.find(({ id }) => id === value);
            if (chosenLayer) setLayer(chosenLayer.id);
          }}
        />
        <Segments
          label="Amounts or differences"
          options={[
            { value: "amount", label: "Amounts" },
            { value: "difference", label: "Difference to the reference", disabled: base === undefined },
          ]}
          value={view}
          onChange={setView}
        />
        {drawn.figures.size > 0 && (
          <span className={styles.scale}>
            {formatNumber(drawn.range.low, { decimals: 0 })}
            <span
              className={styles.gradient}
              style={{
                backgroundImage: `linear-gradient(to right, ${(signed ? palettes[palette].steps : sequentialSteps).join(",")})`,
              }}
              aria-hidden="true"
            />
            {formatNumber(drawn.range.high, { decimals: 0, signed })} {unit}
          </span>
        )}
      </div>
      {surfaces.length > 0 && (
        <div className={styles.figures}>
          {chosen.map(({ key }, place) => {
            const name = comparison.columns[place]?.label ?? "";
            const figure = drawn.figures.get(key);
            return (
              <figure key={key} className={styles.figureBox}>
                <figcaption>
                  {name}
                  {place === comparison.reference && " · reference"}
                </figcaption>
                {figure ? (
                  <PlotView
                    figure={figure}
                    label={`${label} of ${name}`}
                    description={`Contour map over price and volatility, ${reference ? `difference to ${comparison.columns[comparison.reference]?.label}` : label}, ${unit}`}
                  />
                ) : (
                  <p className="muted">{failures.get(key) ?? (job === undefined ? "no such figure" : "waiting…")}</p>
                )}
              </figure>
            );
          })}
        </div>
      )}
    </section>
  );
}
