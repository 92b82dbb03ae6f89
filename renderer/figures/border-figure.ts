import type { Annotation } from "plotly.js";
import type { Output } from "../../core/api/contract.ts";
import { rowAxis } from "./axes.ts";
import type { LayerId, Surface } from "./layer.ts";
import type { Pieces } from "./marks.ts";
import { bindingKeys } from "./regions.ts";
import { interpolated } from "./zero-line.ts";

/** Regions of a surface with exact borders. */
export type Borders = Output<"surface.borders">;
type Line = Borders["lines"][number];

/** Lines beyond these are drawn without a label. */
const labelledLines = 12;
/** Lines shorter than this share of the axes are drawn without a label. */
const leastLabelled = 0.06;

/** Whether borders are those of a surface: same shocks, same date. */
export function fitsSurface(
  { priceMoves, changes, vertical, underlying, days = 0 }: Borders,
  surface: Surface,
): boolean {
  const ends = (values: Float64Array): string => `${values[0]} ${values.at(-1)}`;
  return (
    ends(priceMoves) === ends(surface.priceMoves) &&
    ends(changes) === ends(surface.volatilityChanges) &&
    JSON.stringify(vertical) === JSON.stringify(surface.vertical) &&
    underlying === surface.underlying &&
    days === (surface.days ?? 0)
  );
}

/** Border lines laid on a layer: shown coordinates, heights of the layer. */
export function borderPieces({ lines }: Borders, surface: Surface, layer: LayerId): Pieces {
  const { shown } = rowAxis(surface);
  const places = lines.flatMap((line) => [...placesOf(line), undefined]);
  return {
    x: places.map((place) => place?.[0] ?? null),
    y: places.map((place) => (place === undefined ? null : shown(place[1]))),
    z: places.map((place) => (place === undefined ? null : interpolated(surface, layer, place[0], place[1]))),
  };
}

/** A label of a line, where it stands and what it says. */
export interface BorderKey {
  /** `A | B` between the regions of two binding scenarios, a number between other regions. */
  readonly mark: string;
  /** What takes over, in words. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

/** Labels nearer than this share of the axes would hide one another. */
const leastApart = 0.09;

/** Labels of the longest lines, apart from one another; lines that say the same share a number. */
export function borderKeys(borders: Borders, surface: Surface): readonly BorderKey[] {
  const letterOf = new Map(bindingKeys(surface).map(({ label, letter }) => [label, letter]));
  const long = borders.lines.filter((line) => lengthOf(borders, line) >= leastLabelled);
  const [width, height] = extentOf(borders);
  const numbers = new Map<string, number>();
  const found: BorderKey[] = [];
  for (const line of long.slice(0, labelledLines)) {
    const [x, y] = middleOf(line);
    const [left, right] = [line.left, line.right].map((region) => letterOf.get(borders.regions[region] ?? "") ?? "");
    const lettered = borders.by === "binding" && left !== "" && right !== "";
    const text = changeWords(line);
    const number = numbers.get(text) ?? numbers.size + 1;
    numbers.set(text, number);
    if (found.some((other) => Math.hypot((other.x - x) / width, (other.y - y) / height) < leastApart)) continue;
    found.push({ mark: lettered ? `${left} | ${right}` : String(number), text, x, y });
  }
  return found;
}

function extentOf({ priceMoves, changes }: Borders): readonly [number, number] {
  const span = (values: Float64Array): number => (values.at(-1) ?? 0) - (values[0] ?? 0) || 1;
  return [span(priceMoves), span(changes)];
}

/** `scenario: … ↔ …`, and how much else changes there. */
export function changeWords({ changes }: Pick<Line, "changes">): string {
  const [first, ...others] = changes;
  if (first === undefined) return "another region";
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return `${first.kind}: ${first.before} ↔ ${first.after}${more}`;
}

/** Labels on a map. */
export function borderAnnotations(
  borders: Borders,
  surface: Surface,
  ink: { readonly text: string; readonly paper: string },
): Partial<Annotation>[] {
  const { shown } = rowAxis(surface);
  return borderKeys(borders, surface).map(({ mark, text, x, y }) => ({
    x,
    y: shown(y),
    text: mark,
    hovertext: text,
    showarrow: false,
    font: { size: 12, color: ink.text },
    bgcolor: ink.paper,
    opacity: 0.85,
    borderpad: 1,
  }));
}

/** A place where a cut meets a border. */
export interface CutKink {
  /** Shock along the cut. */
  readonly at: number;
  /** Region that takes over as the shock grows, and the one before. */
  readonly to: string;
  readonly from: string;
  readonly text: string;
}

/**
 * Where a cut meets the borders, in the order of the cut.
 *
 * @param along `price`: at a fixed shock of the rows; `volatility`: at a fixed price move
 * @param fixed the other coordinate
 */
export function borderKinks(borders: Borders, along: "price" | "volatility", fixed: number): readonly CutKink[] {
  const found: CutKink[] = [];
  const [own, other] = along === "price" ? ([0, 1] as const) : ([1, 0] as const);
  for (const line of borders.lines) {
    const places = placesOf(line);
    for (let at = 1; at < places.length; at++) {
      const [before, after] = [places[at - 1], places[at]];
      if (before === undefined || after === undefined) continue;
      const [low, high] = [before[other] - fixed, after[other] - fixed];
      if (low < 0 === high < 0) continue;
      const share = low / (low - high);
      // A cut to the right comes to the left side of a line that falls; a cut upwards to that of a line that runs to the right.
      const rising = high > low;
      const toLeft = along === "price" ? !rising : rising;
      const [from, to] = toLeft ? [line.right, line.left] : [line.left, line.right];
      found.push({
        at: before[own] + share * (after[own] - before[own]),
        from: borders.regions[from] ?? "",
        to: borders.regions[to] ?? "",
        text: changeWords(line),
      });
    }
  }
  return found.sort((a, b) => a.at - b.at);
}

function placesOf({ points }: Pick<Line, "points">): (readonly [number, number])[] {
  return Array.from({ length: points.length / 2 }, (_, at) => [points[2 * at] ?? 0, points[2 * at + 1] ?? 0] as const);
}

function lengthOf(borders: Borders, line: Line): number {
  const [width, height] = extentOf(borders);
  const places = placesOf(line);
  return places.slice(1).reduce((total, [x, y], at) => {
    const [x0, y0] = places[at] ?? [x, y];
    return total + Math.hypot((x - x0) / width, (y - y0) / height);
  }, 0);
}

/** The place in the middle of a line, counted in places. */
function middleOf(line: Line): readonly [number, number] {
  const places = placesOf(line);
  const at = Math.floor((places.length - 1) / 2);
  const [one, next] = [places[at] ?? [0, 0], places[at + 1] ?? places[at] ?? [0, 0]];
  return [0.5 * (one[0] + next[0]), 0.5 * (one[1] + next[1])];
}
