import type { Component } from "../../portfolio/index.ts";
import { componentLines } from "../parts/account-lines.ts";
import {
  confidenceLine,
  expiryConfidences,
  nakedContingency,
  perpetualContingency,
  perpetualSize,
} from "../parts/derive-contingency.ts";
import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import { cashCurrency, type DeriveFeeds } from "../parts/derive-feeds.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import type { Span } from "../parts/derive-span.ts";
import type { Holding } from "../parts/holding.ts";
import { type Line, lines } from "../statement.ts";
import type { HaircutCollateral } from "./collateral.ts";
import type { ParameterSet } from "./rules.ts";

const { leaf, product, sum: total } = lines(cashCurrency);

export interface RequirementInput {
  readonly id: string;
  readonly set: ParameterSet;
  /** JSON pointer of the set. */
  readonly pointer: string;
  readonly span: Span;
  readonly expiries: readonly DeriveExpiry[];
  readonly perpetuals: readonly Holding[];
  readonly collaterals: readonly HaircutCollateral[];
  readonly spot: number;
  readonly feeds: DeriveFeeds;
  readonly orders: readonly Component[];
}

/**
 * Requirements of one account.
 *
 *     maintenance = loss·maintenance factor + maintenance contingencies
 *     initial     = loss·(initial factor + depeg) + maintenance contingencies + additions + unsure feeds + orders
 *
 * @returns USD cash units; ≥ 0
 * @source resources/docs/methodology/derive-portfolio-2.md, section 5
 */
export function requirementOf(input: RequirementInput): { readonly initial: Line; readonly maintenance: Line } {
  const { id, set, pointer, span, feeds, orders } = input;
  const parent = `${id}/initial`;
  const { pegThreshold, pegFactor } = set.contingency;
  const depeg = Math.max(0, pegThreshold - feeds.stablePrice) * pegFactor;
  const { initial: initialFactor, maintenance: maintenanceFactor } = set.lossFactor;
  const scaled = product(
    `${parent}/scaled`,
    "Worst loss times the initial factor",
    deriveSection.initial,
    initialFactor + depeg,
    "initial factor with depeg",
    span.line,
    {
      component: "scenario",
      inputs: [
        { label: "initial factor", value: initialFactor, parameter: `${pointer}/lossFactor/initial` },
        { label: "price of the cash currency", value: feeds.stablePrice, unit: "USD" },
        { label: "depeg threshold", value: pegThreshold, parameter: `${pointer}/contingency/pegThreshold` },
        { label: "depeg factor", value: pegFactor, parameter: `${pointer}/contingency/pegFactor` },
      ],
    },
  );
  const contingencies = contingencyLines(input, `${parent}/contingency`, "maintenance");
  const initial = total(parent, "Initial margin", deriveSection.initial, [
    scaled,
    contingencies,
    contingencyLines(input, `${parent}/contingency-added`, "initial"),
    unsureFeeds(input, `${parent}/confidence`),
    ...componentLines(orders, cashCurrency, parent, deriveSection.orders),
  ]);
  const maintenanceId = `${id}/maintenance`;
  const opened = (line: Line) => ({ component: line.component, inputs: [{ label: "opened under", value: line.id }] });
  const maintenance = total(maintenanceId, "Maintenance margin", deriveSection.maintenance, [
    product(
      `${maintenanceId}/scaled`,
      "Worst loss times the maintenance factor",
      deriveSection.maintenance,
      maintenanceFactor,
      "maintenance factor",
      leaf(`${maintenanceId}/scenarios`, span.line.label, span.line.amount, deriveSection.worst, opened(span.line)),
      {
        component: "scenario",
        inputs: [
          { label: "maintenance factor", value: maintenanceFactor, parameter: `${pointer}/lossFactor/maintenance` },
        ],
      },
    ),
    leaf(
      `${maintenanceId}/contingency`,
      contingencies.label,
      contingencies.amount,
      deriveSection.contingencies,
      opened(contingencies),
    ),
  ]);
  return { initial, maintenance };
}

const names = {
  maintenance: { perp: "perpMaintenance", option: "optionMaintenance", haircut: "maintenance" },
  initial: { perp: "perpInitialAdd", option: "optionInitialAdd", haircut: "initialAdd" },
} as const;

function contingencyLines(
  { set, pointer, perpetuals, expiries, collaterals, spot }: RequirementInput,
  id: string,
  requirement: "maintenance" | "initial",
): Line {
  const { perp, option, haircut } = names[requirement];
  const rate = (name: typeof perp | typeof option) => ({
    rate: set.contingency[name],
    parameter: `${pointer}/contingency/${name}`,
  });
  const label = requirement === "maintenance" ? "Contingencies" : "Contingencies added for initial margin";
  return total(
    id,
    label,
    deriveSection.contingencies,
    [
      perpetualContingency(`${id}/perpetual`, perpetuals, rate(perp)),
      nakedContingency(`${id}/naked`, expiries, spot, rate(option)),
      total(
        `${id}/collateral`,
        "Haircuts of collateral",
        deriveSection.collateral,
        collaterals.map((held) =>
          leaf(
            `${id}/collateral/${held.asset}`,
            held.asset,
            Math.abs(held.value) * held[haircut],
            deriveSection.collateral,
            {
              component: "haircut",
              inputs: [
                { label: "value", value: held.value, unit: cashCurrency },
                { label: "haircut", value: held[haircut], parameter: `${held.parameter}/${haircut}` },
              ],
            },
          ),
        ),
        { component: "haircut" },
      ),
    ],
    { component: "contingency" },
  );
}

function unsureFeeds(
  { id, set, pointer, feeds, perpetuals, expiries, collaterals, spot }: RequirementInput,
  line: string,
) {
  const { confidenceThreshold: threshold, confidenceFactor: factor } = set.contingency;
  const settings = { threshold, factor, parameter: `${pointer}/contingency` };
  const size = perpetualSize(perpetuals);
  const ofSpot = feeds.confidence({ kind: "spot", underlying: id });
  const shared = Math.min(ofSpot, size === 0 ? 1 : feeds.confidence({ kind: "perpetual", underlying: id }));
  return total(
    line,
    "Unsure feeds",
    deriveSection.confidence,
    [
      confidenceLine(`${line}/perpetual`, "Perpetual", size * spot, shared, settings),
      ...expiryConfidences(line, expiries, spot, shared, feeds, settings),
      ...collaterals.map(({ asset, value }) =>
        confidenceLine(
          `${line}/collateral-${asset}`,
          asset,
          Math.abs(value),
          Math.min(ofSpot, feeds.confidence({ kind: "spot", underlying: asset })),
          settings,
        ),
      ),
    ],
    { component: "contingency" },
  );
}
