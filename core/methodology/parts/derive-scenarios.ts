import { percentLabel, type Scenario, type ScenarioSet, type VolatilityShock } from "../../scenario/index.ts";
import type { DeriveExpiry } from "./derive-expiry.ts";
import type { BasisRules, VolatilityShockRules } from "./derive-rules.ts";

/** Scenarios that tilt the smile and leave the price. */
export type SkewKind = "linear" | "abs";

/** One scenario of a portfolio margin. */
export interface DeriveScenario {
  readonly id: string;
  readonly label: string;
  readonly priceMove: number;
  readonly volatility: "up" | "none" | "down" | SkewKind;
  /** Share of the profit that counts; ≥ 0. */
  readonly weight: number;
  /** JSON pointer to the scenario in the parameters. */
  readonly parameter: string;
}

interface ScenarioRule {
  /** Absent in skew scenarios, which leave the price. */
  readonly priceMove?: number;
  readonly volatility: DeriveScenario["volatility"];
  readonly weight?: number;
}

/** What the worst scenario of a parameter set needs; the same object for the same set. */
export function spanSettings(
  set: Pick<SpanSettings, "basis"> & {
    readonly scenarios: readonly ScenarioRule[];
    readonly volatilityShock: SpanSettings["volatility"];
  },
  pointer: string,
): SpanSettings {
  const known = settingsOf.get(set);
  if (known !== undefined) return known;
  const { basis, volatilityShock: volatility } = set;
  const scenarios = deriveScenarios(set.scenarios, `${pointer}/scenarios`);
  let moved = 0;
  const columns = scenarios.map(({ volatility: kind }) => (isSkew(kind) ? undefined : moved++));
  const settings = { scenarios, columns, basisColumns: { up: moved, down: moved + 1 }, basis, volatility };
  settingsOf.set(set, settings);
  return settings;
}

const settingsOf = new WeakMap<object, SpanSettings>();

/** Scenarios of a rule set in its order, with ids and words. */
function deriveScenarios(list: readonly ScenarioRule[], pointer: string): readonly DeriveScenario[] {
  return list.map(({ priceMove = 0, volatility, weight = 1 }, index) => ({
    ...{ priceMove, volatility, weight },
    id: `scenario-${index + 1}`,
    label: `${percentLabel(priceMove)} / ${shockWords[volatility]}${weight === 1 ? "" : `, weight ${weight}`}`,
    parameter: `${pointer}/${index}`,
  }));
}

const shockWords = { up: "vol up", none: "vol same", down: "vol down", linear: "skew", abs: "smile" } as const;

export interface SpanSettings {
  readonly scenarios: readonly DeriveScenario[];
  /** Place of each in the scenario sets; none of a skew scenario, which is no part of them. */
  readonly columns: readonly (number | undefined)[];
  /** Places of the two scenarios that move the forward only. */
  readonly basisColumns: { readonly up: number; readonly down: number };
  readonly basis: BasisRules;
  readonly volatility: VolatilityShockRules & { readonly minShockedVol?: number };
}

/** Id of the scenario set of an expiry: one for all expiries whose whole forward moves, else its own. */
export function spanSetId({ underlying, movingShare, expiryMs }: DeriveExpiry): string {
  return movingShare === 1 ? `span-${underlying}` : `span-${underlying}-${expiryMs}`;
}

/**
 * Scenario sets of one underlying: price move under volatility shock, and the forward moves of the basis test. Expiries
 * inside their settlement average have a set of their own, with moves times the share that still moves. Skew scenarios
 * depend on the strike and are no part of the sets.
 *
 * @returns the set of the underlying first, even when no expiry needs it; the same object for the same settings
 */
export function spanSets(
  underlying: string,
  expiries: readonly DeriveExpiry[],
  settings: SpanSettings,
): readonly ScenarioSet[] {
  const known = wholeSets.get(settings) ?? new Map<string, ScenarioSet>();
  wholeSets.set(settings, known);
  const whole = known.get(underlying) ?? spanSet(`span-${underlying}`, underlying, 1, settings);
  known.set(underlying, whole);
  const late = expiries.filter(({ movingShare }) => movingShare !== 1);
  return [whole, ...late.map((expiry) => spanSet(spanSetId(expiry), underlying, expiry.movingShare, settings))];
}

/** A surface asks for the same set at every point: it is made once for each parameter set. */
const wholeSets = new WeakMap<SpanSettings, Map<string, ScenarioSet>>();

function spanSet(id: string, underlying: string, share: number, settings: SpanSettings): ScenarioSet {
  const { scenarios, basis, volatility } = settings;
  const { referenceDays, shortTermPower, longTermPower, floorDays, minShockedVol } = volatility;
  const tenor = {
    ...{ referenceDays, shortPower: shortTermPower, longPower: longTermPower, minimumDays: floorDays },
    powerByActualDays: true,
  } as const;
  const mode = "relative" as const;
  const floor = minShockedVol === undefined ? {} : { floor: minShockedVol };
  const up: VolatilityShock = { change: volatility.rangeUp, mode, tenor, ...floor };
  const down: VolatilityShock = { change: -volatility.rangeDown, mode, tenor };
  const shocks = { up: { volatility: up }, none: {}, down: { volatility: down }, linear: {}, abs: {} };
  const moved: readonly Scenario[] = [
    ...scenarios
      .filter(({ volatility: kind }) => !isSkew(kind))
      .map(({ id: scenarioId, label, priceMove, volatility: direction }) => ({
        ...{ id: scenarioId, label, priceMove: priceMove * share, ...shocks[direction] },
      })),
    { id: "basis-up", label: "basis, forward up", priceMove: basis.forwardUp * share },
    { id: "basis-down", label: "basis, forward down", priceMove: basis.forwardDown * share },
  ];
  return { id, repricer: "model", underlying, scenarios: moved };
}

export function isSkew(volatility: DeriveScenario["volatility"]): volatility is SkewKind {
  return volatility === "linear" || volatility === "abs";
}
