import type { ParameterFile } from "../../parameter-file/index.ts";
import type { ArrayPoint, ScenarioSet } from "../../scenario/index.ts";
import type { Book } from "../contract.ts";
import { heldCommodities } from "./holding.ts";
import { type ArrayRules, houseOf, scenariosOf } from "./rules.ts";

/** Moves of the whole price cannot be told apart below this. */
const leastMove = -0.9999;

/**
 * One set for each combined commodity held, of the sixteen scenarios of its arrays. Price moves are relative to the
 * commodity's price, for reading only: values come from arrays, or are made from the ranges of each contract.
 */
export function scenarioSets(book: Book, rules: ArrayRules, file: ParameterFile): readonly ScenarioSet[] {
  const points = scenariosOf(rules, file);
  const house = houseOf(rules, file);
  const generation =
    rules.arrays === "generated"
      ? { points: points.map(withoutPair), lookAheadYears: house.lookAheadYears, base: house.base }
      : undefined;
  return heldCommodities(book, file, rules).map(({ commodity, holdings }): ScenarioSet => {
    const terms = holdings.flatMap(({ positions }) => positions.map((entry) => entry))[0];
    const scan = terms?.terms.scan;
    const size = terms?.position.instrument.contractSize ?? 1;
    const price = terms?.terms.index ?? 1;
    const range = scan === undefined ? 0 : scan.priceUnit === "fraction" ? scan.price : scan.price / (size * price);
    return {
      id: commodity.code,
      repricer: "risk-array",
      underlying: commodity.code,
      ...(generation === undefined ? {} : { generation }),
      scenarios: points.map((point, index) => ({
        id: scenarioId(index),
        label: scenarioLabel(point),
        priceMove: Math.max(leastMove, point.priceFraction * range),
      })),
    };
  });
}

function withoutPair({ priceFraction, volatilityFraction, weight }: ArrayRules["scenarios"][number]): ArrayPoint {
  return { priceFraction, volatilityFraction, weight };
}

/** `1` to `16`. */
export function scenarioId(index: number): string {
  return String(index + 1);
}

/** `price −1/3 of the range, volatility up`. */
export function scenarioLabel({ priceFraction, volatilityFraction, weight }: ArrayPoint): string {
  const thirds = Math.round(priceFraction * 3);
  const exact = Math.abs(priceFraction * 3 - thirds) < 1e-6;
  const size = !exact ? priceFraction.toPrecision(3) : thirds % 3 === 0 ? String(thirds / 3) : `${thirds}/3`;
  const price = priceFraction === 0 ? "price unchanged" : `price ${priceFraction > 0 ? "+" : ""}${size} of the range`;
  const share = weight === 1 ? "" : `, ${Number((weight * 100).toPrecision(4))} % of the loss`;
  return `${price}, volatility ${volatilityWord(volatilityFraction)}${share}`;
}

export function volatilityWord(fraction: number): string {
  return fraction > 0 ? "up" : fraction < 0 ? "down" : "same";
}
