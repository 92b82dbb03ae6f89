import { type ListedType, listedTypes } from "../../instrument/index.ts";
import type { ScanRange } from "../../market/index.ts";
import type { CommodityLeg, DeliveryRate, SpreadLeg, Tier } from "../../parameter-file/index.ts";
import { cut, digits, exponent, signed } from "./columns.ts";
import { given, isoDayOf } from "./reader.ts";

/**
 * Records of the expanded positional layout (U2), decoded column by column.
 *
 * @source resources/docs/methodology/span-array.md, section 11
 */

/** Record `0 `: the file. */
export function headerRecord(line: string) {
  return {
    exchangeComplex: cut(line, 3, 8),
    businessDate: isoDayOf(cut(line, 9, 16)),
    settlement: cut(line, 17, 17),
    identifier: cut(line, 18, 19),
    creationDate: isoDayOf(cut(line, 24, 31)),
    creationTime: cut(line, 32, 35),
    format: cut(line, 36, 37),
    limitOptionValue: cut(line, 38, 38) === "Y",
    accountType: cut(line, 59, 59),
    bondClass: cut(line, 67, 67),
    requirement: cut(line, 75, 75),
  };
}

/** Record `T `: units of the second currency for one of the first. */
export function conversionRecord(line: string) {
  return { from: cut(line, 3, 5), to: cut(line, 7, 9), factor: digits(line, 11, 20, 6) };
}

/** Record `P `: how prices of a family are written. */
export function priceRecord(line: string) {
  return {
    exchange: cut(line, 3, 5),
    product: cut(line, 6, 15),
    type: typeOf(cut(line, 16, 18)),
    name: cut(line, 19, 33),
    priceDecimals: decimalsOf(line, 34, 36),
    strikeDecimals: decimalsOf(line, 37, 39),
    contractSize: (digits(line, 42, 55, 7) ?? 0) * 10 ** exponent(line, 74, 75, 73),
    currency: cut(line, 66, 68),
    exercise: cut(line, 76, 79),
    valuation: cut(line, 117, 121),
  };
}

/** Record `2 `: a combined commodity and up to six of its families; it may continue on further lines. */
export function commodityRecord(line: string) {
  const families: { product: string; type: ListedType; arrayExponent: number }[] = [];
  for (let at = 23; at + 12 <= line.length; at += 16) {
    const [product, type] = [cut(line, at, at + 9), typeOf(cut(line, at + 10, at + 12))];
    if (product === "" || type === undefined) continue;
    // UNCERTAIN: a locator counts decimals to the left; a minus sign turns it round.
    const locator = digits(line, at + 13, at + 13) ?? 0;
    families.push({ product, type, arrayExponent: line[at + 13] === "-" ? locator : -locator || 0 });
  }
  return {
    exchange: cut(line, 3, 5),
    code: cut(line, 7, 12),
    riskExponent: digits(line, 13, 13) ?? 0,
    currency: cut(line, 14, 16),
    optionStyle: cut(line, 18, 18),
    limitOptionValue: cut(line, 19, 19),
    families,
  };
}

/** Record `S `: tiers for scanning, credits or short options, by its method. */
export function scanningRecord(line: string) {
  const shortOptionRates = [104, 111, 118, 125, 132].map((at) => digits(line, at, at + 6));
  return {
    code: cut(line, 3, 8),
    method: cut(line, 9, 10),
    tiers: tiersOf(line, 13, 5),
    weightedRisk: cut(line, 83, 83),
    shortOptionRates,
  };
}

/** Record `3 `: tiers between months and what initial margin is of maintenance; it may continue. */
export function monthTierRecord(line: string) {
  const ratios = {
    member: digits(line, 69, 72, 3),
    hedger: digits(line, 73, 76, 3),
    speculator: digits(line, 77, 80, 3),
  };
  return { code: cut(line, 3, 8), method: cut(line, 9, 10), tiers: tiersOf(line, 11, 4), ratios };
}

/** Record `E `: a spread between single months. */
export function seriesSpreadRecord(line: string) {
  const legs: SpreadLeg[] = [];
  for (let at = 21; at + 13 <= line.length && legs.length < 4; at += 14) {
    const month = cut(line, at, at + 3);
    const side = cut(line, at + 13, at + 13);
    const deltaPerSpread = digits(line, at + 7, at + 12, 4);
    if (month === "" || (side !== "A" && side !== "B") || deltaPerSpread === undefined) continue;
    legs.push({ month: `20${month}`, side, deltaPerSpread });
  }
  return { code: cut(line, 3, 8), priority: digits(line, 9, 13) ?? 0, charge: digits(line, 14, 20) ?? 0, legs };
}

/** Record `C `: a spread between tiers of months. */
export function tierSpreadRecord(line: string) {
  const legs: SpreadLeg[] = [];
  for (let at = 22; at + 6 <= line.length && legs.length < 8; at += 7) {
    const [tier, side] = [digits(line, at + 2, at + 3), cut(line, at + 6, at + 6)];
    const deltaPerSpread = digits(line, at + 4, at + 5);
    if (tier === undefined || (side !== "A" && side !== "B") || deltaPerSpread === undefined) continue;
    legs.push({ tier, side, deltaPerSpread });
  }
  return {
    code: cut(line, 3, 8),
    method: cut(line, 9, 10),
    priority: digits(line, 11, 12) ?? 0,
    charge: digits(line, 15, 21) ?? 0,
    legs,
  };
}

/** Record `4 `: delivery months, adjustment factors and the short option minimum. */
export function deliveryRecord(line: string) {
  const method = cut(line, 9, 10);
  const delivery = [13, 35].flatMap((at): DeliveryRate[] => {
    const month = cut(line, at + 2, at + 7);
    if (method !== "10" || !/^\d{6}$/.test(month)) return [];
    return [{ month, inSpreads: digits(line, at + 8, at + 14) ?? 0, outright: digits(line, at + 15, at + 21) ?? 0 }];
  });
  const factors = {
    member: digits(line, 70, 72, 2),
    hedger: digits(line, 73, 75, 2),
    speculator: digits(line, 76, 78, 2),
  };
  return {
    code: cut(line, 3, 8),
    method,
    delivery,
    shortOptionRate: digits(line, 63, 69) ?? 0,
    factors,
    shortOptionMethod: cut(line, 79, 79),
  };
}

/** Record `B `: how the arrays of a series were made. */
export function arrayParameterRecord(line: string) {
  const relative = cut(line, 164, 164) === "P";
  const fraction = cut(line, 165, 165) === "P";
  const price = (digits(line, 53, 57) ?? 0) * 10 ** exponent(line, 166, 167, 168);
  const volatility = digits(line, 45, 52, 6) ?? 0;
  const scan: ScanRange = given<ScanRange>({
    // UNCERTAIN: a range quoted in percent, 25.000000, is read as 0.25.
    price: fraction ? price / 100 : price,
    priceUnit: fraction ? "fraction" : "money",
    volatility: relative ? volatility / 100 : volatility,
    volatilityUnit: relative ? "relative" : "absolute",
    extremeMultiplier: digits(line, 58, 62, 3),
    coverFraction: digits(line, 63, 67, 4),
    lookAheadYears: digits(line, 80, 85, 6),
  });
  return {
    exchange: cut(line, 3, 5),
    product: cut(line, 6, 15),
    type: typeOf(cut(line, 16, 18)),
    futureMonth: monthOf(line, 19, 24, 26),
    optionMonth: monthOf(line, 28, 33, 35),
    volatility: digits(line, 37, 44, 6),
    scan,
    interestRate: digits(line, 68, 72, 4),
    years: digits(line, 73, 79, 6),
    deltaScaling: digits(line, 86, 91, 4),
    expiryDate: isoDayOf(cut(line, 92, 99)),
    priceModel: cut(line, 110, 111),
    contractSize: digits(line, 129, 142, 7),
  };
}

/** Record `5 `: combined commodities of a group. */
export function groupRecord(line: string) {
  const codes: string[] = [];
  for (let at = 13; at <= line.length && codes.length < 10; at += 6) {
    const code = cut(line, at, at + 5);
    if (code !== "") codes.push(code);
  }
  return { group: cut(line, 3, 5), codes };
}

/** Record `6 `: a spread between combined commodities. */
export function commoditySpreadRecord(line: string) {
  const legs: CommodityLeg[] = [];
  for (let at = 17; at + 17 <= line.length && legs.length < 4; at += 18) {
    const [commodity, side] = [cut(line, at + 4, at + 9), cut(line, at + 17, at + 17)];
    const deltaPerSpread = digits(line, at + 10, at + 16, 4);
    if (commodity === "" || (side !== "A" && side !== "B") || deltaPerSpread === undefined) continue;
    const required = cut(line, at + 3, at + 3) !== "N";
    legs.push({ exchange: cut(line, at, at + 2), commodity, side, deltaPerSpread, required });
  }
  const target = cut(line, 95, 100);
  return {
    group: cut(line, 3, 5),
    priority: digits(line, 6, 9) ?? 0,
    ratePercent: digits(line, 10, 16, 4) ?? 0,
    legs,
    method: cut(line, 89, 90),
    target: {
      exchange: cut(line, 91, 93),
      required: cut(line, 94, 94),
      code: target,
      ratio: digits(line, 111, 117, 4),
    },
    creditMethod: cut(line, 101, 101),
    tiers: [102, 104, 106, 108].map((at) => digits(line, at, at + 1)),
    spreadGroup: cut(line, 110, 110),
    minimumLegs: digits(line, 118, 121),
  };
}

/** What the first columns of array records say: whose array it is. */
export function arrayIdentity(line: string) {
  const right = cut(line, 29, 29);
  return {
    exchange: cut(line, 3, 5),
    product: cut(line, 6, 15),
    underlyingProduct: cut(line, 16, 25),
    type: typeOf(cut(line, 26, 28)),
    right: right === "C" ? ("call" as const) : right === "P" ? ("put" as const) : undefined,
    futureMonth: monthOf(line, 30, 35, 37),
    optionMonth: monthOf(line, 39, 44, 46),
    strike: digits(line, 48, 54),
  };
}

/** Records `81` and `83`: the first nine values, before the risk exponent. */
export function firstValuesRecord(line: string) {
  const wide = line[1] === "3";
  return {
    values: valuesOf(line, 9, wide),
    settlement: wide ? digits(line, 136, 149) : digits(line, 109, 122),
    settlementFlag: wide ? cut(line, 150, 150) : cut(line, 123, 123),
  };
}

/** Records `82` and `84`: the other seven values, delta, volatility and settlement. */
export function lastValuesRecord(line: string) {
  const wide = line[1] === "4";
  return {
    values: valuesOf(line, 7, wide),
    delta: wide ? signed(line, 118, 122, 4) : signed(line, 97, 101, 4),
    volatility: wide ? digits(line, 124, 131, 6) : digits(line, 103, 110, 6),
    settlement: wide ? signed(line, 132, 138) : signed(line, 111, 117),
    strikeSign: (wide ? line[139] : line[118]) === "-" ? -1 : 1,
  };
}

function valuesOf(line: string, count: number, wide: boolean): readonly (number | undefined)[] {
  const width = wide ? 9 : 6;
  return Array.from({ length: count }, (_, index) => signed(line, 55 + index * width, 53 + (index + 1) * width));
}

function tiersOf(line: string, from: number, count: number): readonly Tier[] {
  const tiers: Tier[] = [];
  for (let at = from; tiers.length < count && at < from + count * 14; at += 14) {
    const tier = digits(line, at, at + 1);
    if (tier === undefined) continue;
    const ends = { from: monthIn(line, at + 2), to: monthIn(line, at + 8) };
    tiers.push(given<Tier>({ tier, ...ends }));
  }
  return tiers;
}

function monthIn(line: string, at: number): string | undefined {
  const month = cut(line, at, at + 5);
  return /^\d{6}$/.test(month) && month !== "000000" ? month : undefined;
}

/** A month with its day or week code; `undefined` for blank and zero months. */
function monthOf(line: string, from: number, to: number, dayTo: number): string | undefined {
  const month = monthIn(line, from);
  return month === undefined ? undefined : month + cut(line, to + 1, dayTo).replace(/^00$/, "");
}

function decimalsOf(line: string, from: number, to: number): number {
  const value = Number(cut(line, from, to));
  return Number.isInteger(value) ? value : 0;
}

function typeOf(text: string): ListedType | undefined {
  return listedTypes.find((type) => type === text);
}
