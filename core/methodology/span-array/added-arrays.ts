import { sum } from "../../base/index.ts";
import type { CommoditySpread, ParameterFile } from "../../parameter-file/index.ts";
import { type AccountKind, rateOf } from "./account-type.ts";
import { type CommodityRisk, weightedPriceRisk } from "./commodity-risk.ts";
import { MonthDeltas } from "./month-deltas.ts";
import type { ArrayRules } from "./rules.ts";
import { addedScan, type ScanPart } from "./scan.ts";

/**
 * Adds the arrays of commodities that scanning-based spreads bring together, in the order of the file: the legs become one
 * commodity, the target, with the sum of their arrays, deltas, charges, minimums and option values.
 *
 * @param risks held commodities
 * @returns the commodities after it; those that no spread takes stay as they are
 */
export function addArrays(
  file: ParameterFile,
  risks: readonly CommodityRisk[],
  account: AccountKind,
  rules: ArrayRules,
  scenarios: ArrayRules["scenarios"],
): readonly CommodityRisk[] {
  if (!account.net) return risks;
  let left = risks;
  for (const spread of [...file.interSpreads].sort((a, b) => a.priority - b.priority)) {
    const legs = spread.method === "scanning" ? formedLegs(spread, file, left) : undefined;
    if (legs === undefined) continue;
    const added = addedCommodity(spread, legs, file, left, account, rules, scenarios);
    if (added === undefined) continue;
    const taken = new Set([
      ...legs.map(({ risk }) => risk),
      ...left.filter(({ commodity }) => commodity === added.commodity),
    ]);
    left = [...left.filter((risk) => !taken.has(risk)), added];
  }
  return left;
}

interface Leg {
  readonly risk: CommodityRisk;
  readonly ratio: number;
}

/** The legs that are held, where the spread may form with them. */
function formedLegs(
  spread: CommoditySpread,
  file: ParameterFile,
  risks: readonly CommodityRisk[],
): readonly Leg[] | undefined {
  const target = file.commodities.find(({ code }) => code === spread.target?.commodity);
  if (target === undefined) return undefined;
  const found: Leg[] = [];
  for (const { commodity, deltaPerSpread, required } of spread.legs) {
    const risk = risks.find((one) => one.commodity.code === commodity);
    if (risk === undefined) {
      if (required !== false) return undefined;
      continue;
    }
    if (risk.commodity.currency !== target.currency) return undefined;
    found.push({ risk, ratio: deltaPerSpread });
  }
  return found.length >= (spread.minimumLegs ?? 2) && found.length > 0 ? found : undefined;
}

function addedCommodity(
  spread: CommoditySpread,
  legs: readonly Leg[],
  file: ParameterFile,
  risks: readonly CommodityRisk[],
  account: AccountKind,
  rules: ArrayRules,
  scenarios: ArrayRules["scenarios"],
): CommodityRisk | undefined {
  const commodity = file.commodities.find(({ code }) => code === spread.target?.commodity);
  const [first] = legs;
  const cube = first?.risk.scans[0]?.cube;
  if (commodity === undefined || cube === undefined) return undefined;
  const share = rateOf(spread.rates, account.initialRate);
  const own = risks.find((risk) => risk.commodity === commodity && legs.every((leg) => leg.risk !== risk));
  const members = [
    ...(own === undefined ? [] : [{ risk: own, scale: 1, share: 1 }]),
    ...legs.map(({ risk, ratio }) => ({ risk, scale: (spread.target?.ratio ?? 1) / ratio, share })),
  ];
  const parts = members.map(
    ({ risk, share: counted }): ScanPart => ({ code: risk.commodity.code, scans: risk.scans, share: counted }),
  );
  const scan = addedScan(parts, cube, scenarios);
  const worst = scan.losses[scan.active] ?? 0;
  const priceRisk = Math.max(0, worst - scan.volatilityRisk - scan.timeRisk);
  const holdings = members.flatMap(({ risk }) => risk.holdings);
  const netDelta = sum(members.map(({ risk, scale }) => risk.netDelta * scale));
  const named = <T extends { readonly of?: string }>(entries: (risk: CommodityRisk) => readonly T[]): readonly T[] =>
    members.flatMap(({ risk }) => entries(risk).map((entry) => ({ ...entry, of: entry.of ?? risk.commodity.code })));
  return {
    ...{ commodity, holdings, scans: [scan], priceRisk, netDelta },
    ...{ timeRisk: scan.timeRisk, volatilityRisk: scan.volatilityRisk },
    legs: members.map(({ risk }) => risk),
    weightedPriceRisk: weightedPriceRisk({ commodity, holdings }, priceRisk, netDelta, rules),
    deltas: new MonthDeltas(members.flatMap(({ risk, scale }) => risk.deltas.scaled(scale))),
    spreads: named((risk) => risk.spreads),
    delivery: named((risk) => risk.delivery),
    shortOptions: named((risk) => risk.shortOptions),
    optionValue: sum(members.map(({ risk }) => risk.optionValue)),
  };
}

/** Scanning-based spreads that would concern this book and cannot form: no target in the file, or several currencies. */
export function unformedSpreads(file: ParameterFile, held: ReadonlyMap<string, string>): number {
  return file.interSpreads.filter(({ method, legs, target }) => {
    const codes = legs.map(({ commodity }) => commodity).filter((code) => held.has(code));
    if (method !== "scanning" || codes.length < 2) return false;
    const goal = file.commodities.find(({ code }) => code === target?.commodity);
    return goal === undefined || codes.some((code) => held.get(code) !== goal.currency);
  }).length;
}
