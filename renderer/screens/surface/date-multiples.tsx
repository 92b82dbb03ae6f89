import { UnstyledButton } from "@mantine/core";
import { useMemo } from "react";
import { palettes } from "../../app/theme/palettes.ts";
import { themeInk } from "../../figures/figure.ts";
import { hasLayer, type LayerId, layerOf, type Surface } from "../../figures/layer.ts";
import { PlotView } from "../../figures/plot.tsx";
import { commonRange, smallMultipleFigure } from "../../figures/small-multiple-figure.ts";
import { daysText } from "../../figures/words.ts";
import { usePreferences, useThemeName } from "../../state/preferences.ts";
import styles from "./surface.module.css";

interface DateMultiplesProps {
  readonly sheets: readonly Surface[];
  readonly layer: LayerId;
  readonly day: number;
  readonly onDay: (day: number) => void;
}

/** The surfaces of all dates side by side, in the same colours. */
export function DateMultiples({ sheets, layer, day, onDay }: DateMultiplesProps) {
  const palette = usePreferences((s) => s.palette);
  const theme = useThemeName();
  const figures = useMemo(() => {
    const usable = sheets.filter((sheet) => hasLayer(sheet, layer));
    const options = {
      ...{ layer, range: commonRange(usable, layer) },
      ...{ diverging: palettes[palette].steps, ink: themeInk(theme) },
    };
    return sheets.map((sheet) => (hasLayer(sheet, layer) ? smallMultipleFigure(sheet, options) : undefined));
  }, [sheets, layer, palette, theme]);
  const { label, unit } = layerOf(layer);
  return (
    <div className={styles.dates}>
      {sheets.map((sheet, at) => {
        const name = daysText(sheet.days ?? 0);
        const figure = figures[at];
        return (
          <figure key={sheet.days ?? 0} className={styles.date} data-current={at === day}>
            <figcaption>
              <UnstyledButton onClick={() => onDay(at)} aria-pressed={at === day}>
                {name}
              </UnstyledButton>
            </figcaption>
            {figure && (
              <PlotView
                figure={figure}
                label={`${label}, ${name}`}
                description={`Contour map, ${unit}, the same colours at every date`}
              />
            )}
          </figure>
        );
      })}
    </div>
  );
}
