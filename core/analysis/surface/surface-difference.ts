import { DomainError, failed, type Result, success } from "../../base/index.ts";
import type { MarginSurface, SurfaceLayers } from "../margin-surface.ts";
import { pointFigures } from "../surface-record.ts";

/** A point of a surface with a figure there. */
export interface PlacedValue {
  readonly value: number;
  readonly priceMove: number;
  /** Along the rows. */
  readonly change: number;
}

/** The worst points of two surfaces and of their difference: three different points, three different figures. */
export interface LayerDifference {
  readonly layer: keyof SurfaceLayers;
  /** Requirements: the largest; everything else: the smallest. */
  readonly worstOfA: PlacedValue;
  readonly worstOfB: PlacedValue;
  /** Worst of A less worst of B: no point of the difference need have this value. */
  readonly differenceOfWorst: number;
  /** Where A is worse than B by the most, with both figures there. */
  readonly worstOfDifference: PlacedValue & { readonly a: number; readonly b: number };
  /** Where A is better than B by the most. */
  readonly bestOfDifference: PlacedValue & { readonly a: number; readonly b: number };
}

/** Two surfaces over the same shocks and A − B at every point. */
export interface SurfaceDifference {
  readonly a: MarginSurface;
  readonly b: MarginSurface;
  /** A − B; empty where one of them lacks the layer. */
  readonly layers: SurfaceLayers;
  readonly worst: readonly LayerDifference[];
  /** Points at which another scenario binds. */
  readonly otherBinding: number;
  /** At the later dates, pair by pair; a side of one date stands beside every date of the other. */
  readonly later?: readonly SurfaceDifference[];
}

/** Layers in which more is worse. */
const requirements: ReadonlySet<keyof SurfaceLayers> = new Set(["initial", "maintenance"]);

/**
 * Difference of two surfaces point by point: of two books, methods, versions, dates or markets. Each has its own unshocked market, so a column is the
 * same relative move of both.
 *
 *     D(m, v) = A(m, v) − B(m, v);   worst D ≠ worst A − worst B, so both are stated
 *
 * @returns `invalid-input` unless both stand on the same shocks of the same kind
 * @source resources/docs/surfaces.md, "Differences"
 */
export function surfaceDifference(a: MarginSurface, b: MarginSurface): Result<SurfaceDifference> {
  const problem = gridProblem(a, b);
  if (problem !== undefined) return failed("invalid-input", problem, "axes");
  const layers = Object.fromEntries(
    pointFigures.map((name) => [name, minus(a.layers[name], b.layers[name])]),
  ) as unknown as SurfaceLayers;
  const worst = pointFigures.flatMap((name) => (layers[name].length === 0 ? [] : [worstPoints(a, b, layers, name)]));
  const bindingOf = ({ bindings, binding }: MarginSurface, at: number): string | undefined =>
    bindings[binding[at] ?? -1];
  let otherBinding = 0;
  for (let at = 0; at < a.binding.length; at++) if (bindingOf(a, at) !== bindingOf(b, at)) otherBinding += 1;
  const later: SurfaceDifference[] = [];
  for (const [one, other] of laterPairs(a, b)) {
    const found = surfaceDifference(one, other);
    if (!found.ok) return found;
    later.push(found.value);
  }
  return success({ a, b, layers, worst, otherBinding, ...(later.length === 0 ? {} : { later }) });
}

/** Later dates pair by pair; a side of one date stands beside every date of the other. */
function laterPairs(a: MarginSurface, b: MarginSurface): readonly (readonly [MarginSurface, MarginSurface])[] {
  const [ofA, ofB] = [a.later ?? [], b.later ?? []];
  if (ofB.length === 0) return ofA.map((one) => [one, b] as const);
  if (ofA.length === 0) return ofB.map((other) => [a, other] as const);
  return ofA.flatMap((one, at) => {
    const other = ofB[at];
    return other === undefined ? [] : [[one, other] as const];
  });
}

function gridProblem(a: MarginSurface, b: MarginSurface): string | undefined {
  if (!isSame(a.priceMoves, b.priceMoves) || !isSame(a.volatilityChanges, b.volatilityChanges))
    return "the surfaces stand on different shocks; a difference needs the same axes";
  const kind = ({ vertical, volatilityMode }: MarginSurface): string => vertical?.kind ?? volatilityMode;
  return kind(a) === kind(b) ? undefined : `rows move ${kind(a)} in one surface and ${kind(b)} in the other`;
}

function isSame(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

function minus(one: Float64Array, other: Float64Array): Float64Array {
  if (one.length === 0 || other.length === 0) return new Float64Array();
  return one.map((value, at) => value - (other[at] ?? Number.NaN));
}

function worstPoints(
  a: MarginSurface,
  b: MarginSurface,
  layers: SurfaceLayers,
  layer: keyof SurfaceLayers,
): LayerDifference {
  const sign = requirements.has(layer) ? 1 : -1;
  const width = a.priceMoves.length;
  const placed = (values: Float64Array, at: number): PlacedValue => ({
    value: figure(values, at),
    priceMove: figure(a.priceMoves, at % width),
    change: figure(a.volatilityChanges, Math.floor(at / width)),
  });
  const [valuesA, valuesB, differences] = [a.layers[layer], b.layers[layer], layers[layer]];
  const beside = (at: number) => ({
    ...placed(differences, at),
    a: figure(valuesA, at),
    b: figure(valuesB, at),
  });
  const worstOfA = placed(valuesA, largest(valuesA, sign));
  const worstOfB = placed(valuesB, largest(valuesB, sign));
  return {
    ...{ layer, worstOfA, worstOfB },
    differenceOfWorst: worstOfA.value - worstOfB.value,
    worstOfDifference: beside(largest(differences, sign)),
    bestOfDifference: beside(largest(differences, -sign)),
  };
}

/** Place of the largest of values times a sign; the first of equals. */
function largest(values: Float64Array, sign: number): number {
  let best = 0;
  for (let at = 1; at < values.length; at++) if (sign * figure(values, at) > sign * figure(values, best)) best = at;
  return best;
}

function figure(values: Float64Array, at: number): number {
  const value = values[at];
  if (value === undefined) throw new DomainError("a layer has a value at every point", at);
  return value;
}
