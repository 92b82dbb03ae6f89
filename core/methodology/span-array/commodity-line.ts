import { type Line, type LineInput, lines } from "../statement.ts";
import type { RequirementFactor } from "./account-type.ts";
import type { CommodityRisk } from "./commodity-risk.ts";
import type { Credit } from "./credits.ts";
import type { House, Rounding } from "./rules.ts";
import { scanLine } from "./scan-line.ts";

/** What the lines of one combined commodity are made from. */
export interface CommodityParts {
  readonly risk: CommodityRisk;
  readonly credits: readonly Credit[];
  readonly house: House;
  readonly detail: boolean;
}

/**
 * Margin of a combined commodity: risk before the minimum, short option minimum, and what turns risk into this requirement.
 *
 * @param id     id of the line; those below begin with it
 * @param factor of the requirement
 * @returns commodity's currency; ≥ 0
 */
export function commodityLine(parts: CommodityParts, id: string, factor: RequirementFactor): Line {
  const { risk, house } = parts;
  const { code, currency } = risk.commodity;
  const { max, product } = lines(currency);
  const whole = max(`${id}/risk/exact`, `Risk of ${code}`, "8.1", [
    beforeMinimum(parts, `${id}/risk`),
    minimumLine(parts, `${id}/risk`),
  ]);
  const rounded = roundedLine(whole, house.rounding.risk, `${id}/risk`, `Risk of ${code}`, currency);
  const inputs: readonly LineInput[] = [
    { label: factor.source, value: factor.factor, ...(factor.parameter && { parameter: factor.parameter }) },
  ];
  return product(id, code, "8.2", factor.factor, "of the risk", rounded, { inputs });
}

function beforeMinimum(parts: CommodityParts, id: string): Line {
  const { risk, house } = parts;
  const { code, currency } = risk.commodity;
  const { sum, leaf, product } = lines(currency);
  const parent = `${id}/before-minimum`;
  const interMonth = sum(
    `${parent}/inter-month/exact`,
    "Inter-month spreads",
    "4",
    risk.spreads.map(({ priority, longSide, legs, count, rate, charge }) =>
      leaf(
        `${parent}/inter-month/${priority}-${longSide}`,
        `Spread ${priority}, side ${longSide} long`,
        charge,
        "4.2",
        {
          component: "roll",
          inputs: [
            { label: "legs", value: legs },
            { label: "spreads", value: count },
            { label: "charge per spread", value: rate, unit: currency },
          ],
        },
      ),
    ),
    { component: "roll" },
  );
  const delivery = sum(
    `${parent}/delivery`,
    "Delivery months",
    "5",
    risk.delivery.map(({ of, month, consumed, remaining, inSpreads, outright, charge }) =>
      leaf(`${parent}/delivery/${prefixOf(of)}${month}`, `Deltas of ${month}`, charge, "5", {
        component: "delta",
        inputs: [
          { label: "deltas in spreads", value: consumed },
          { label: "rate in spreads", value: inSpreads, unit: currency },
          { label: "deltas left", value: remaining },
          { label: "outright rate", value: outright, unit: currency },
        ],
      }),
    ),
    { component: "delta" },
  );
  const credits = sum(
    `${parent}/credit/total/exact`,
    "Credits for offsets between commodities",
    "7",
    parts.credits.map((credit) => creditLine(parts, credit, `${parent}/credit`)),
    { component: "delta" },
  );
  const roundedCredits = roundedLine(credits, house.rounding.credit, `${parent}/credit/total`, "Credits", currency);
  return sum(parent, `Scan risk, charges and credits of ${code}`, "8.1", [
    roundedLine(scanLine(parts, `${parent}/scan`), house.rounding.scan, `${parent}/scan`, "Scan risk", currency),
    roundedLine(interMonth, house.rounding.interMonth, `${parent}/inter-month`, "Inter-month spreads", currency),
    delivery,
    product(`${parent}/credit`, "Less credits", "7", -1, "taken off", roundedCredits, { component: "delta" }),
  ]);
}

function creditLine(parts: CommodityParts, credit: Credit, parent: string): Line {
  const { risk } = parts;
  const { currency } = risk.commodity;
  const { leaf } = lines(currency);
  const { priority, longSide, against, count, deltas, rate, flat, amount } = credit;
  return leaf(`${parent}/${priority}-${longSide}`, `Spread ${priority} against ${against}`, amount, "7.1", {
    component: "delta",
    inputs: [
      { label: "spreads", value: count },
      { label: "deltas consumed", value: deltas },
      flat ? { label: "credit per delta", value: rate, unit: currency } : { label: "credit rate", value: rate },
      { label: "price risk", value: risk.priceRisk, unit: currency },
      { label: "net delta", value: risk.netDelta },
      { label: "weighted price risk", value: risk.weightedPriceRisk, unit: currency },
    ],
  });
}

function minimumLine({ risk }: CommodityParts, id: string): Line {
  const { code, currency, shortOptionMethod } = risk.commodity;
  const { leaf, sum } = lines(currency);
  return sum(
    `${id}/short-option-minimum`,
    `Short option minimum of ${code}`,
    "6",
    risk.shortOptions.map(({ of, tier, calls, puts, rate, amount }) =>
      leaf(`${id}/short-option-minimum/${prefixOf(of)}${tier.tier}`, `Short options, tier ${tier.tier}`, amount, "6", {
        component: "floor",
        inputs: [
          { label: "short calls", value: calls },
          { label: "short puts", value: puts },
          { label: "method", value: shortOptionMethod },
          { label: "rate per contract", value: rate, unit: currency },
        ],
      }),
    ),
    { component: "floor" },
  );
}

const decimals: Readonly<Record<Exclude<Rounding, "none">, number>> = { whole: 0, cents: 2 };

/** The line under its final id: as it is, or rounded. */
function roundedLine(line: Line, rounding: Rounding, id: string, label: string, currency: string): Line {
  if (rounding === "none") return { ...line, id };
  return lines(currency).round(id, `${label}, rounded`, "8.4", decimals[rounding], line, { component: line.component });
}

function prefixOf(code: string | undefined): string {
  return code === undefined ? "" : `${code}-`;
}
