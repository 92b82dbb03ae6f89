import { contractsOf } from "../../instrument/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { RequirementFactor } from "./account-type.ts";
import type { CommodityRisk } from "./commodity-risk.ts";
import type { Credit } from "./credits.ts";
import type { House, Rounding } from "./rules.ts";
import { profitOfOne, profitsOf, type Scan } from "./scan.ts";

/** What the lines of one combined commodity are made from. */
export interface CommodityParts {
  readonly risk: CommodityRisk;
  readonly credits: readonly Credit[];
  readonly cube: PnlCube;
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
    risk.delivery.map(({ month, consumed, remaining, inSpreads, outright, charge }) =>
      leaf(`${parent}/delivery/${month}`, `Deltas of ${month}`, charge, "5", {
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
    risk.shortOptions.map(({ tier, calls, puts, rate, amount }) =>
      leaf(`${id}/short-option-minimum/${tier.tier}`, `Short options, tier ${tier.tier}`, amount, "6", {
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

function scanLine(parts: CommodityParts, id: string): Line {
  const { risk } = parts;
  const { currency } = risk.commodity;
  const { leaf, min, sum } = lines(currency);
  const uncapped = risk.cap === undefined ? `${id}/exact` : `${id}/uncapped`;
  const scanned =
    risk.gross === undefined
      ? scansLine(parts, uncapped)
      : sum(
          uncapped,
          "Scan risk, longs and shorts apart",
          "3.3",
          risk.gross.map(({ holding, side, risk: amount }) =>
            leaf(
              `${uncapped}/${holding.instrument.symbol}/${side}`,
              `${holding.instrument.symbol}, ${side}`,
              amount,
              "3.3",
              {
                component: "position",
                inputs: [{ label: "contracts", value: side === "long" ? holding.long : holding.short }],
              },
            ),
          ),
        );
  if (risk.cap === undefined) return scanned;
  return min(`${id}/exact`, "Scan risk, at most what the long options are worth", "3.4", [
    scanned,
    leaf(`${id}/option-value`, "Market value of the long options", risk.cap, "3.4", { component: "floor" }),
  ]);
}

function scansLine(parts: CommodityParts, id: string): Line {
  const { scans, commodity } = parts.risk;
  const [only] = scans;
  if (scans.length === 1 && only !== undefined) return tierLine(parts, only, id, "Scan risk");
  return lines(commodity.currency).sum(
    id,
    "Scan risk, tier by tier",
    "3.2",
    scans.map((scan, index) => {
      const name = scan.tier === undefined ? "other" : String(scan.tier.tier);
      const months = scan.tier === undefined ? "months outside the tiers" : `tier ${name}`;
      return tierLine(
        parts,
        scan,
        `${id}/${scan.tier === undefined ? name : `${name}-${index}`}`,
        `Scan risk, ${months}`,
      );
    }),
    { component: "scenario" },
  );
}

/** Scan risk of one tier: the loss of its positions in the active scenario. */
function tierLine({ risk, cube, detail }: CommodityParts, scan: Scan, id: string, label: string): Line {
  const { currency } = risk.commodity;
  const { leaf, loss } = lines(currency);
  const { active, timeRisk, volatilityRisk, holdings } = scan;
  const inputs: readonly LineInput[] = [
    { label: "active scenario", value: active + 1 },
    { label: "time risk", value: timeRisk, unit: currency },
    { label: "volatility risk", value: volatilityRisk, unit: currency },
    { label: "price risk", value: risk.priceRisk, unit: currency },
    { label: "net delta", value: risk.netDelta },
    { label: "weighted price risk", value: risk.weightedPriceRisk, unit: currency },
  ];
  const children = detail
    ? holdings.flatMap((holding) => holdingLines(holding, cube, active, id, currency))
    : [leaf(`${id}/positions`, "Positions", -(scan.losses[active] ?? 0), "3.1", { component: "position" })];
  return loss(id, label, "3.1", children, { component: "scenario", inputs });
}

/** One line a position: contracts × profit of one. */
function holdingLines(
  holding: CommodityRisk["holdings"][number],
  cube: PnlCube,
  scenario: number,
  id: string,
  currency: string,
): readonly Line[] {
  const { leaf } = lines(currency);
  const profits = profitsOf(holding, cube, scenario);
  const { instrument, positions, deltaPerContract, month } = holding;
  return positions.map(({ position }, index) =>
    leaf(`${id}/${position.id}`, instrument.symbol, profits[index] ?? 0, "3.1", {
      component: "position",
      positionId: position.id,
      inputs: [
        { label: "contracts", value: contractsOf(instrument, position.quantity) },
        { label: "array value", value: -profitOfOne(holding, cube, scenario) || 0, unit: currency },
        { label: "delta per contract", value: deltaPerContract },
        { label: "month of the delta", value: month },
      ],
    }),
  );
}

const decimals: Readonly<Record<Exclude<Rounding, "none">, number>> = { whole: 0, cents: 2 };

/** The line under its final id: as it is, or rounded. */
function roundedLine(line: Line, rounding: Rounding, id: string, label: string, currency: string): Line {
  if (rounding === "none") return { ...line, id };
  return lines(currency).round(id, `${label}, rounded`, "8.4", decimals[rounding], line, { component: line.component });
}
