import { contractsOf } from "../../instrument/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import type { CommodityParts } from "./commodity-line.ts";
import type { CommodityRisk } from "./commodity-risk.ts";
import { profitOfOne, profitsOf, type Scan } from "./scan.ts";

/**
 * Scan risk of a combined commodity: the loss of its positions in the active scenario, tier by tier, of every side of a gross
 * account, capped where it holds long options only, or of legs whose arrays a spread adds.
 *
 * @param id the line's id is `<id>/exact`
 */
export function scanLine(parts: Pick<CommodityParts, "risk" | "detail">, id: string): Line {
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

function scansLine(parts: Pick<CommodityParts, "risk" | "detail">, id: string): Line {
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
function tierLine(
  { risk, detail }: Pick<CommodityParts, "risk" | "detail">,
  scan: Scan,
  id: string,
  label: string,
): Line {
  const { currency } = risk.commodity;
  const { leaf, loss } = lines(currency);
  const { active, timeRisk, volatilityRisk, parts } = scan;
  const inputs: readonly LineInput[] = [
    { label: "active scenario", value: active + 1 },
    { label: "time risk", value: timeRisk, unit: currency },
    { label: "volatility risk", value: volatilityRisk, unit: currency },
    { label: "price risk", value: risk.priceRisk, unit: currency },
    { label: "net delta", value: risk.netDelta },
    { label: "weighted price risk", value: risk.weightedPriceRisk, unit: currency },
  ];
  const children = detail
    ? profitLines(scan, active, id, currency)
    : [leaf(`${id}/positions`, "Positions", -(scan.losses[active] ?? 0), "3.1", { component: "position" })];
  return loss(id, label, parts === undefined ? "3.1" : "7.3", children, { component: "scenario", inputs });
}

/** What a scan's profit in a scenario is made of: positions, or legs with the share of their gains that counts. */
function profitLines(scan: Scan, scenario: number, id: string, currency: string): readonly Line[] {
  const { parts, holdings, cube } = scan;
  if (parts === undefined) return holdings.flatMap((holding) => holdingLines(holding, cube, scenario, id, currency));
  const { sum, product } = lines(currency);
  return parts.map(({ code, scans, share }) => {
    const own = `${id}/${code}`;
    const each = scans.map((one, index) =>
      sum(`${own}/${index}`, `Positions of ${code}`, "7.3", profitLines(one, scenario, `${own}/${index}`, currency), {
        component: "scenario",
      }),
    );
    const whole = sum(own, `Profit of ${code}`, "7.3", each, { component: "scenario" });
    if (whole.amount <= 0 || share === 1) return whole;
    return product(`${own}/counted`, `Profit of ${code}, as it counts`, "7.3", share, "of a gain", whole, {
      component: "scenario",
    });
  });
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
