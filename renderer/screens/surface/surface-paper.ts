import type { CsvTable } from "../../app/download.ts";
import type { NamedTable } from "../../app/export/panel-file.ts";
import { columnAxis, columnWord, rowAxis, rowWord, shockText } from "../../figures/axes.ts";
import { bindingAt, extremes, originOf, valueAt } from "../../figures/grid.ts";
import { hasLayer, type LayerId, layers, type Surface } from "../../figures/layer.ts";
import { bindingKeys } from "../../figures/regions.ts";

/** Points each way that a page holds beside each other. */
const mostPoints = 11;

/** A surface as it stands on paper: a grid for each layer, coarse enough to be read, and the scenarios that bind in letters. */
export function surfacePaper(surface: Surface): readonly NamedTable[] {
  const { row, column } = originOf(surface);
  const [priceCount, volatilityCount] = [surface.priceMoves.length, surface.volatilityChanges.length];
  const columns = coarsePlaces(priceCount, column);
  const rows = coarsePlaces(volatilityCount, row);
  const isWhole = columns.length === priceCount && rows.length === volatilityCount;
  const letters = new Map(bindingKeys(surface).map(({ letter, label }) => [label, letter]));
  const grid = (value: (row: number, column: number) => CsvTable["rows"][number][number]): CsvTable => ({
    header: [
      `${rowWord(surface)} ↓ ${columnWord(surface)} →`,
      ...columns.map((at) => shockText(columnAxis(surface), surface.priceMoves[at] ?? 0)),
    ],
    rows: rows.map((place) => [
      `${rowWord(surface)} ${shockText(rowAxis(surface), surface.volatilityChanges[place] ?? 0)}`,
      ...columns.map((at) => value(place, at)),
    ]),
  });
  const amounts = layers
    .filter(({ id }) => hasLayer(surface, id))
    .map(({ id, label, unit, sign }): NamedTable => {
      const rounded = roundingOf(surface, id);
      return {
        name: `${label}, ${unit} (${sign})`,
        ...grid((place, at) => rounded(valueAt(surface, id, { row: place, column: at }) ?? Number.NaN)),
      };
    });
  const binding: NamedTable = {
    name: "Binding scenario",
    ...grid((place, at) => letters.get(bindingAt(surface, { row: place, column: at })) ?? "none loses"),
    remarks: [
      [...letters].map(([label, letter]) => `${letter}: ${label}`).join(" · "),
      isWhole
        ? "Amounts are rounded; the CSV and Excel files have full precision."
        : `${columns.length} × ${rows.length} of ${priceCount} × ${volatilityCount} points, amounts rounded; the CSV and Excel files have every point in full precision.`,
    ],
  };
  return [...amounts, binding];
}

/** Places of at most about `mostPoints`, evenly from the origin, with both ends. */
function coarsePlaces(count: number, origin: number): readonly number[] {
  const step = Math.max(1, Math.ceil((count - 1) / (mostPoints - 1)));
  return Array.from({ length: count }, (_, at) => at).filter(
    (at) => at === 0 || at === count - 1 || (at - origin) % step === 0,
  );
}

/** Large amounts in whole units, small ones in six digits. */
function roundingOf(surface: Surface, layer: LayerId): (value: number) => number {
  const { min, max } = extremes(surface, layer);
  const isLarge = Math.max(Math.abs(min), Math.abs(max)) >= 1_000;
  return (value) => (isLarge ? Math.round(value) : Number(value.toPrecision(6))) + 0;
}
