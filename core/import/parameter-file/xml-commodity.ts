import { type ListedType, listedTypes } from "../../instrument/index.ts";
import type { CombinedCommodity, FamilyLink, MonthSpread, SpreadLeg, Tier } from "../../parameter-file/index.ts";
import { given } from "./reader.ts";
import { type Frame, numberIn, rateIn, textIn } from "./xml-frame.ts";
import type { XmlState } from "./xml-reader.ts";

/** Takes the elements of combined commodities and of the spreads between them. */
export function closeCommodityElement(frame: Frame, parent: Frame, state: XmlState): void {
  const { findings } = state;
  const number = (name: string) => numberIn(frame, name, findings);
  const text = (name: string) => textIn(frame, name);
  switch (frame.name) {
    case "pfLink": {
      const link = linkOf(frame);
      if (link === undefined) {
        findings.warn(`${textIn(parent, "cc") ?? "a commodity"} links a family of type ${text("pfType") ?? "none"}`);
        return;
      }
      parent.links ??= [];
      parent.links.push(link);
      return;
    }
    case "rate": {
      const value = number("val");
      if (value === undefined) return;
      parent.rates ??= [];
      parent.rates.push({ rate: rateIn(frame, findings), value });
      return;
    }
    case "adjRate": {
      const factor = number("val");
      if (factor === undefined) return;
      parent.adjustments ??= [];
      parent.adjustments.push({ rate: rateIn(frame, findings), base: number("baseR") ?? 1, factor });
      return;
    }
    case "tier": {
      parent.tiers ??= [];
      const ends = { from: text("sPe")?.slice(0, 6), to: text("ePe")?.slice(0, 6) };
      parent.tiers.push({ ...given<Tier>({ tier: number("tn") ?? 0, ...ends }), rates: frame.rates ?? [] });
      return;
    }
    case "intraTiers":
    case "interTiers":
    case "scanTiers":
    case "somTiers":
      parent.tierLists ??= {};
      parent.tierLists[frame.name] = frame.tiers ?? [];
      return;
    case "tLeg":
    case "pLeg":
      takeLeg(frame, parent, state);
      return;
    case "dSpread":
      takeSpread(frame, parent, state);
      return;
    case "spotRate": {
      const month = text("pe")?.slice(0, 6);
      if (month === undefined) return;
      parent.delivery ??= [];
      if (parent.delivery.some((known) => known.month === month)) findings.skip("further spotRate of a month");
      else parent.delivery.push({ month, inSpreads: number("sprd") ?? 0, outright: number("outr") ?? 0 });
      return;
    }
    case "ccDef": {
      const commodity = commodityOf(frame, state);
      if (commodity !== undefined) state.commodities.push(commodity);
      return;
    }
    case "interSpreads":
      state.interSpreads.push(...(frame.commoditySpreads ?? []));
      return;
    default:
  }
}

function linkOf(frame: Frame): FamilyLink | undefined {
  const [product, type] = [textIn(frame, "pfCode"), textIn(frame, "pfType")];
  const known = listedTypes.find((one): one is ListedType => one === type);
  if (product === undefined || known === undefined) return undefined;
  const method = textIn(frame, "oopDeltaMeth");
  return given<FamilyLink>({
    exchange: textIn(frame, "exch") ?? "",
    product,
    type: known,
    familyId: textIn(frame, "pfId"),
    deltaMonth: method === undefined ? undefined : method === "PERIOD" ? "period" : "underlying",
  });
}

function takeLeg(frame: Frame, parent: Frame, { findings }: XmlState): void {
  const side = textIn(frame, "rs");
  const commodity = textIn(frame, "cc");
  const deltaPerSpread = numberIn(frame, "i", findings) ?? 1;
  if ((side !== "A" && side !== "B") || commodity === undefined || !(deltaPerSpread > 0)) {
    findings.warn(`a leg of ${commodity ?? "no commodity"} has side ${side ?? "none"} and ratio ${deltaPerSpread}`);
    return;
  }
  const tier = numberIn(frame, "tn", findings);
  const month = textIn(frame, "pe")?.slice(0, 6);
  parent.legs ??= [];
  parent.legs.push(given<SpreadLeg>({ side, deltaPerSpread, tier, month }));
  parent.commodityLegs ??= [];
  parent.commodityLegs.push({ commodity, side, deltaPerSpread, ...(tier === undefined ? {} : { tier }) });
}

function takeSpread(frame: Frame, parent: Frame, { findings }: XmlState): void {
  const priority = numberIn(frame, "spread", findings) ?? 0;
  const rates = frame.rates ?? [];
  const method = textIn(frame, "chargeMeth") ?? "F";
  if (method !== "F" && method !== "W") {
    findings.skip(`chargeMeth ${method}`);
    return;
  }
  if (parent.name === "interSpreads") {
    parent.commoditySpreads ??= [];
    parent.commoditySpreads.push({
      ...{ priority, method: "delta", credit: method === "F" ? "flat" : "fraction", rates },
      legs: frame.commodityLegs ?? [],
    });
    return;
  }
  if (method === "W") {
    findings.skip("chargeMeth W between months");
    return;
  }
  const spread: MonthSpread = { priority, charge: rates, legs: frame.legs ?? [] };
  parent.monthSpreads ??= [];
  parent.monthSpreads.push(spread);
}

const weightedRisks: Readonly<Record<string, CombinedCommodity["weightedRisk"]>> = {
  NORMAL: "normal",
  CAP: "cap",
  CAPPED: "cap",
  SCANRANGE: "scan-range",
};

function commodityOf(frame: Frame, { findings }: XmlState): CombinedCommodity | undefined {
  const code = textIn(frame, "cc");
  if (code === undefined) {
    findings.warn("a <ccDef> without a code is left out");
    return undefined;
  }
  const method = textIn(frame, "wfprMeth") ?? "NORMAL";
  const weightedRisk = weightedRisks[method];
  if (weightedRisk === undefined) findings.skip(`wfprMeth ${method}`);
  const { tierLists = {} } = frame;
  const withoutRates = (name: string): Tier[] => (tierLists[name] ?? []).map(({ rates: _rates, ...tier }) => tier);
  return given<CombinedCommodity>({
    code,
    name: textIn(frame, "name"),
    currency: textIn(frame, "currency") ?? "",
    families: frame.links ?? [],
    limitOptionValue: textIn(frame, "capAnov") === "1",
    weightedRisk: weightedRisk ?? "normal",
    scanTiers: withoutRates("scanTiers"),
    spreadTiers: withoutRates("intraTiers"),
    creditTiers: withoutRates("interTiers"),
    shortOptionRates: tierLists.somTiers ?? [],
    shortOptionMethod: textIn(frame, "somMeth") === "MAX" ? "max" : "gross",
    spreads: frame.monthSpreads ?? [],
    delivery: frame.delivery ?? [],
    adjustments: frame.adjustments ?? [],
  });
}
