import type { CombinedCommodity, MonthSpread, Tier } from "../../parameter-file/index.ts";
import type {
  commodityRecord,
  deliveryRecord,
  monthTierRecord,
  scanningRecord,
  seriesSpreadRecord,
  tierSpreadRecord,
} from "./positional-record.ts";
import { type Findings, given } from "./reader.ts";

type ThreeRates = NonNullable<CombinedCommodity["initialRatios"]>;

/** A combined commodity while its records arrive. */
export interface CommodityDraft {
  readonly code: string;
  readonly exchange: string;
  readonly currency: string;
  readonly optionStyle: string;
  readonly limitOptionValue: boolean;
  readonly riskExponent: number;
  readonly families: { product: string; type: CombinedCommodity["families"][number]["type"]; arrayExponent: number }[];
  scanTiers: readonly Tier[];
  spreadTiers: Tier[];
  creditTiers: readonly Tier[];
  shortOptionRates: CombinedCommodity["shortOptionRates"];
  shortOptionMethod: "gross" | "max";
  weightedRisk: CombinedCommodity["weightedRisk"];
  readonly seriesSpreads: MonthSpread[];
  readonly tierSpreads: MonthSpread[];
  delivery: CombinedCommodity["delivery"];
  ratios: ThreeRates | undefined;
  factors: ThreeRates | undefined;
  group?: string;
}

/** A combined commodity as its record `2 ` begins it; further records fill it in. */
export function newDraft(record: ReturnType<typeof commodityRecord>): CommodityDraft {
  return {
    code: record.code,
    exchange: record.exchange,
    currency: record.currency,
    optionStyle: record.optionStyle,
    limitOptionValue: record.limitOptionValue === "Y",
    riskExponent: record.riskExponent,
    families: [...record.families],
    ...{ scanTiers: [], spreadTiers: [], creditTiers: [], shortOptionRates: [], shortOptionMethod: "gross" },
    ...{ weightedRisk: "normal", seriesSpreads: [], tierSpreads: [], delivery: [] },
    ...{ ratios: undefined, factors: undefined },
  };
}

const weightedRisks: Readonly<Record<string, CombinedCommodity["weightedRisk"]>> = {
  "": "normal",
  "1": "normal",
  "2": "cap",
  "3": "scan-range",
};

/** Takes an `S ` record: what its tiers are for depends on its method. */
export function takeScanning(
  draft: CommodityDraft,
  record: ReturnType<typeof scanningRecord>,
  findings: Findings,
): void {
  const { method, tiers, weightedRisk, shortOptionRates } = record;
  if (method === "30") {
    draft.shortOptionRates = tiers.map((tier, index) => ({
      ...tier,
      rates: [{ rate: 1, value: shortOptionRates[index] ?? 0 }],
    }));
    return;
  }
  const known = weightedRisks[weightedRisk];
  if (known === undefined) findings.skip(`weighted price risk method ${weightedRisk}`);
  else draft.weightedRisk = known;
  if (method === "10" || method === "21" || method === "22") draft.scanTiers = tiers;
  if (method === "20" || method === "21" || method === "23") draft.creditTiers = tiers;
  if (!["01", "10", "20", "21", "22", "23"].includes(method)) findings.skip(`scanning method ${method}`);
}

/** Takes a `3 ` record; its tiers continue those of earlier ones. */
export function takeMonthTiers(
  draft: CommodityDraft,
  record: ReturnType<typeof monthTierRecord>,
  findings: Findings,
): void {
  draft.spreadTiers.push(...record.tiers);
  if (record.method !== "" && record.method !== "01" && record.method !== "10")
    findings.skip(`spread charge method ${record.method}`);
  draft.ratios ??= threeRates(record.ratios);
}

/** Takes a `4 ` record. */
export function takeDelivery(
  draft: CommodityDraft,
  record: ReturnType<typeof deliveryRecord>,
  findings: Findings,
): void {
  if (record.method === "11") findings.skip("delivery charge method 11");
  draft.delivery = [...draft.delivery, ...record.delivery];
  if (draft.shortOptionRates.length === 0 && record.shortOptionRate > 0)
    draft.shortOptionRates = [{ tier: 0, rates: [{ rate: 1, value: record.shortOptionRate }] }];
  if (record.shortOptionMethod === "1") draft.shortOptionMethod = "max";
  draft.factors ??= threeRates(record.factors);
}

/** Takes a spread charge between series of the commodity. */
export function takeSeriesSpread(draft: CommodityDraft, record: ReturnType<typeof seriesSpreadRecord>): void {
  const { priority, charge, legs } = record;
  draft.seriesSpreads.push({ priority, charge: [{ rate: 1, value: charge }], legs });
}

/** Takes a spread charge between tiers of the commodity. */
export function takeTierSpread(draft: CommodityDraft, record: ReturnType<typeof tierSpreadRecord>): void {
  const { priority, charge, legs } = record;
  draft.tierSpreads.push({ priority, charge: [{ rate: 1, value: charge }], legs });
}

function threeRates(rates: { [K in keyof ThreeRates]: number | undefined }): ThreeRates | undefined {
  const { member, hedger, speculator } = rates;
  if (member === undefined || hedger === undefined || speculator === undefined) return undefined;
  return { member, hedger, speculator };
}

/** The commodity once all its records have arrived; spreads in the order they form: single months first, then tiers, each by priority. */
export function commodityOf(draft: CommodityDraft): CombinedCommodity {
  const byPriority = (a: MonthSpread, b: MonthSpread) => a.priority - b.priority;
  const { code, exchange, currency, limitOptionValue, weightedRisk } = draft;
  return given<CombinedCommodity>({
    ...{ code, exchange, currency, limitOptionValue, weightedRisk },
    families: draft.families.map(({ product, type }) => ({ exchange, product, type })),
    group: draft.group,
    scanTiers: draft.scanTiers,
    spreadTiers: draft.spreadTiers,
    creditTiers: draft.creditTiers,
    shortOptionRates: draft.shortOptionRates,
    shortOptionMethod: draft.shortOptionMethod,
    spreads: [...[...draft.seriesSpreads].sort(byPriority), ...[...draft.tierSpreads].sort(byPriority)],
    delivery: draft.delivery,
    adjustments: [],
    initialRatios: draft.ratios,
    adjustmentFactors: draft.factors,
  });
}
