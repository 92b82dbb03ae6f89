import { DomainError } from "../base/index.ts";
import type { InstrumentId } from "../instrument/index.ts";
import type { PricingTerms } from "../market/index.ts";
import type { PnlCube, PricedInstrument, RevaluationKernel } from "../revaluation/index.ts";
import type { Scenario, ScenarioSet, VolatilityShock } from "../scenario/index.ts";

/** Cubes of the sets at terms given by instrument; they hold until the next call, which writes into the same memory. */
export type PointCubes = (terms: readonly PricingTerms[], sets: readonly ScenarioSet[]) => ReadonlyMap<string, PnlCube>;

/**
 * As `buildCube` for the same instruments at many markets: rows, look-ups, memory and the plan of a scenario list are
 * made once, and the values are the same bits.
 *
 * @param instruments instruments of the book; repeated ids count once (the first stands)
 */
export function pointCubes(instruments: readonly PricedInstrument[], kernel: RevaluationKernel): PointCubes {
  const frames = new Map<string, Frame>();
  return (terms, sets) => {
    const cubes = new Map<string, PnlCube>();
    for (const set of sets) {
      const known = frames.get(set.id);
      const frame = known !== undefined && fits(known.set, set) ? known : frameOf(set, instruments);
      frames.set(set.id, frame);
      const { priced, rows, cube } = frame;
      for (let i = 0; i < priced.length; i++) {
        const at = terms[rows[i] ?? -1];
        const one = priced[i];
        if (at !== undefined && one !== undefined) one.terms = at;
      }
      kernel.unitPnl(priced, cube.scenarios, cube.values);
      cubes.set(set.id, cube);
    }
    return cubes;
  };
}

/** What cubes of one scenario set share. */
interface Frame {
  readonly set: ScenarioSet;
  readonly cube: PnlCube;
  /** Instruments of the set; their terms change from point to point. */
  readonly priced: { readonly instrument: PricedInstrument["instrument"]; terms: PricingTerms }[];
  /** Index of each among the instruments of the book. */
  readonly rows: readonly number[];
}

function frameOf(set: ScenarioSet, instruments: readonly PricedInstrument[]): Frame {
  if (set.repricer !== "model") throw new DomainError("a cube is revalued by model", set.repricer);
  const rowOf = new Map<InstrumentId, number>();
  const rows: number[] = [];
  instruments.forEach(({ instrument: { id, underlying } }, row) => {
    if (rowOf.has(id) || (set.underlying !== undefined && set.underlying !== underlying)) return;
    rowOf.set(id, rows.push(row) - 1);
  });
  const priced = rows.flatMap((row) => {
    const one = instruments[row];
    return one === undefined ? [] : [{ instrument: one.instrument, terms: one.terms }];
  });
  const cube: PnlCube = {
    setId: set.id,
    instrumentIds: priced.map(({ instrument }) => instrument.id),
    scenarios: set.scenarios,
    rowOf,
    values: new Float64Array(priced.length * set.scenarios.length),
  };
  return { set, cube, priced, rows };
}

/** Whether a set asks the same of the same instruments: methodologies make their sets anew at every market. */
function fits(known: ScenarioSet, set: ScenarioSet): boolean {
  if (known === set) return true;
  if (known.repricer !== set.repricer || known.underlying !== set.underlying) return false;
  if (known.scenarios.length !== set.scenarios.length) return false;
  const alike = new Map<VolatilityShock, VolatilityShock>();
  return set.scenarios.every((scenario, at) => sameScenario(known.scenarios[at], scenario, alike));
}

function sameScenario(
  known: Scenario | undefined,
  { id, label, priceMove, volatility, decayDays }: Scenario,
  alike: Map<VolatilityShock, VolatilityShock>,
): boolean {
  if (known?.id !== id || known.label !== label || known.priceMove !== priceMove) return false;
  if (known.decayDays !== decayDays) return false;
  if (known.volatility === volatility) return true;
  if (known.volatility === undefined || volatility === undefined) return false;
  if (alike.get(volatility) === known.volatility) return true;
  if (JSON.stringify(known.volatility) !== JSON.stringify(volatility)) return false;
  alike.set(volatility, known.volatility);
  return true;
}
