import type { Result } from "../base/index.ts";
import type { PricingTerms } from "../market/index.ts";
import {
  type ArrayCell,
  type ArrayFit,
  type ContractFamily,
  type FoundContract,
  familyKey,
  listedInstrument,
  listedSymbol,
  listedTerms,
  type ParameterFile,
  standardScenarios,
} from "../parameter-file/index.ts";
import type { ArrayGeneration, ArrayPoint } from "../scenario/index.ts";
import { canGenerate, compositeDelta, generatedArray } from "./generated-array.ts";
import type { PricedInstrument } from "./pnl-cube.ts";

/** Values furthest apart that are listed of each family. */
const listedCells = 5;

/**
 * Compares arrays made from a file's prices and ranges with those printed in it, family by family.
 *
 * @param file       its scenarios, or the sixteen standard ones with each series' own extreme moves; composite deltas are
 *                   compared where it defines their points
 * @param generation look-ahead and base of the made arrays
 * @param product    only its families; all when absent
 * @returns (of the generator) one fit a family that has arrays
 */
export function* arrayFits(
  file: ParameterFile,
  generation: Pick<ArrayGeneration, "lookAheadYears" | "base">,
  product?: string,
): Generator<ArrayFit, void, undefined> {
  const points = file.scenarios ?? standardScenarios(3, 0.33);
  const made = { ...generation, points };
  for (const family of file.families) {
    if (product !== undefined && family.product !== product) continue;
    yield fitOf(family, file, made, file.deltaPoints);
  }
}

function fitOf(
  family: ContractFamily,
  file: ParameterFile,
  generation: ArrayGeneration,
  deltaPoints: readonly ArrayPoint[] | undefined,
): ArrayFit {
  let [arrays, leftOut, largest, total, values, range, delta] = [0, 0, 0, 0, 0, 0, 0];
  let worst: readonly ArrayCell[] = [];
  for (const found of contractsOf(family, file)) {
    const priced = pricedOf(found, file);
    const printed = found.contract.array;
    if (priced === undefined || printed?.length !== generation.points.length) {
      leftOut += 1;
      continue;
    }
    arrays += 1;
    const own = generatedArray(priced, generation);
    const contract = listedSymbol({ ...family, month: found.series.month }, found.contract);
    own.forEach((value, index) => {
      const distance = Math.abs(value - (printed[index] ?? 0));
      total += distance;
      values += 1;
      largest = Math.max(largest, distance);
      const least = worst.at(-1);
      if (worst.length < listedCells || (least !== undefined && distance > distanceOf(least)))
        worst = withCell(worst, { contract, scenario: index + 1, printed: printed[index] ?? 0, made: value });
    });
    range = Math.max(range, rangeOf(priced));
    const stated = found.contract.delta;
    if (deltaPoints !== undefined && stated !== undefined && found.contract.right !== undefined)
      delta = Math.max(delta, Math.abs(compositeDelta(priced, deltaPoints, generation.lookAheadYears) - stated));
  }
  const { currency } = family;
  const mean = values === 0 ? 0 : total / values;
  return { family: familyKey(family), currency, arrays, leftOut, largest, mean, range, delta, worst };
}

function withCell(worst: readonly ArrayCell[], cell: ArrayCell): readonly ArrayCell[] {
  return [...worst, cell].sort((a, b) => distanceOf(b) - distanceOf(a)).slice(0, listedCells);
}

function distanceOf({ printed, made }: ArrayCell): number {
  return Math.abs(made - printed);
}

function* contractsOf(family: ContractFamily, file: ParameterFile): Generator<FoundContract> {
  const owner = file.commodities.flatMap((commodity) =>
    commodity.families.flatMap((link) => (familyKey(link) === familyKey(family) ? [{ commodity, link }] : [])),
  )[0];
  if (owner === undefined) return;
  for (const series of family.series)
    for (const contract of series.contracts) yield { family, series, contract, ...owner };
}

function pricedOf(found: FoundContract, file: ParameterFile): PricedInstrument | undefined {
  const { contractSize } = found.series;
  if (contractSize === undefined) return undefined;
  const instrument = listedInstrument(found, file.clearingHouse, contractSize);
  const terms: Result<PricingTerms> = listedTerms(file, instrument, found.contract.price ?? 1);
  if (!terms.ok || !canGenerate(instrument, terms.value)) return undefined;
  const { index, forward } = terms.value;
  return index > 0 && forward > 0 ? { instrument, terms: terms.value } : undefined;
}

/** Price scan range, money per contract. */
function rangeOf({ instrument, terms: { scan, index, forward } }: PricedInstrument): number {
  if (scan === undefined) return 0;
  const price = instrument.kind === "option" && instrument.on !== "future" ? index : forward;
  return scan.priceUnit === "money" ? scan.price : scan.price * price * (instrument.contractSize ?? 1);
}
