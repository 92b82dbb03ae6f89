import { sum } from "../../base/index.ts";
import type { Component } from "../../portfolio/index.ts";
import { componentLines } from "../parts/account-lines.ts";
import type { DeriveCollateral } from "../parts/derive-account.ts";
import type { DeriveExpiry } from "../parts/derive-expiry.ts";
import { cashCurrency, type DeriveFeeds } from "../parts/derive-feeds.ts";
import type { NettedOption } from "../parts/derive-options.ts";
import { deriveSection } from "../parts/derive-sections.ts";
import { type Holding, holderOf } from "../parts/holding.ts";
import { type Line, lines } from "../statement.ts";
import { confidenceLines } from "./confidence.ts";
import { isolatedRequirement, shortsOf } from "./option-requirement.ts";
import { optionRates, type Requirement, type StandardRules } from "./rules.ts";

const { leaf, min, sum: total } = lines(cashCurrency);

export interface StandardInput {
  readonly rules: StandardRules;
  readonly expiries: readonly DeriveExpiry[];
  readonly perpetuals: readonly Holding[];
  /** Coins the rulebook knows. */
  readonly collaterals: readonly DeriveCollateral[];
  readonly feeds: DeriveFeeds;
  readonly orders: readonly Component[];
  readonly detail: boolean;
}

/**
 * Requirement of the account: options expiry by expiry, perpetuals, coins, and for initial margin unsure feeds and depeg.
 *
 * @returns USD cash units; ≥ 0
 * @source resources/docs/methodology/derive-standard.md, section 5
 */
export function requirementOf(input: StandardInput, id: string, requirement: Requirement): Line {
  const { expiries, perpetuals, collaterals, orders } = input;
  const isInitial = requirement === "initial";
  const rule = isInitial ? deriveSection.initial : deriveSection.maintenance;
  return total(id, `${isInitial ? "Initial" : "Maintenance"} margin`, rule, [
    total(
      `${id}/options`,
      "Options",
      "3",
      expiries.map((expiry) =>
        expiryLine(input, expiry, `${id}/options/${expiry.underlying}-${expiry.name}`, requirement),
      ),
      { component: "scenario" },
    ),
    total(
      `${id}/perpetuals`,
      "Perpetuals",
      deriveSection.perpetual,
      perpetuals.map((holding) => perpetualLine(input, holding, `${id}/perpetuals`, requirement)),
      { component: "position" },
    ),
    total(
      `${id}/coins`,
      "Coins, value that is no margin",
      deriveSection.collateral,
      collaterals.map((held) => coinLine(input, held, `${id}/coins`, requirement)),
      { component: "haircut" },
    ),
    ...(isInitial
      ? [
          confidenceLines(input, `${id}/confidence`),
          depegLine(input, `${id}/depeg`),
          ...componentLines(orders, cashCurrency, id, deriveSection.orders),
        ]
      : []),
  ]);
}

/** Value of the expiry plus the smaller of the sum of its short options and its largest loss. */
function expiryLine(
  { rules, detail }: StandardInput,
  expiry: DeriveExpiry,
  id: string,
  requirement: Requirement,
): Line {
  const found = optionRates(rules, expiry.underlying);
  const label = `${expiry.underlying} ${expiry.name}`;
  if (found === undefined) return leaf(id, label, 0, "3");
  const { rates, pointer } = found;
  const { shorts, largestLoss, unpairedCalls: unpaired } = shortsOf(expiry.options);
  const amounts = shorts.map((at) => isolatedRequirement(expiry, at, rates, requirement));
  const extra = { component: "position" } as const;
  const isolated = detail
    ? total(
        `${id}/isolated`,
        "Short options one by one",
        "3.1",
        shorts.map((at, index) => {
          const option = expiry.options.held[at] as NettedOption;
          const { symbol, strike } = option.instrument;
          return leaf(`${id}/isolated/${symbol}`, symbol, amounts[index] ?? 0, "3.1", {
            ...extra,
            inputs: [
              { label: "size", value: option.quantity, unit: expiry.underlying },
              { label: "value of one unit", value: expiry.unitValues[at] ?? 0, unit: "USD" },
              { label: "spot", value: expiry.index, unit: "USD" },
              { label: "strike", value: strike, unit: "USD" },
            ],
            ...holderOf(option),
          });
        }),
        extra,
      )
    : leaf(`${id}/isolated`, "Short options one by one", sum(amounts), "3.1", extra);
  const name = requirement === "initial" ? "unpairedInitial" : "unpairedMaintenance";
  const loss = total(`${id}/loss`, "Largest loss at settlement", "3.2", [
    leaf(`${id}/loss/paired`, "At a price of 0 or a strike", largestLoss, "3.2"),
    leaf(`${id}/loss/unpaired`, "Net short calls", rates[name] * expiry.forward * unpaired, "3.2", {
      inputs: [
        { label: "net short calls", value: unpaired, unit: expiry.underlying },
        { label: "forward", value: expiry.forward, unit: "USD" },
        { label: "rate", value: rates[name], parameter: `${pointer}/${name}` },
      ],
    }),
  ]);
  return total(id, label, "3.3", [
    leaf(`${id}/value`, "Value of the options", expiry.value, deriveSection.value),
    min(`${id}/smaller`, "Smaller of the two", "3.3", [isolated, loss]),
  ]);
}

function perpetualLine({ rules }: StandardInput, holding: Holding, parent: string, requirement: Requirement): Line {
  const { instrument, quantity, terms } = holding;
  const market = instrument.underlying.toUpperCase();
  const rate = rules.markets[market]?.perp?.[requirement] ?? 0;
  const amount = Math.abs(quantity) * terms.forward * rate;
  return leaf(`${parent}/${instrument.symbol}`, instrument.symbol, amount, deriveSection.perpetual, {
    component: "position",
    inputs: [
      { label: "size", value: quantity, unit: instrument.underlying },
      { label: "mark", value: terms.forward, unit: "USD" },
      { label: "rate", value: rate, parameter: `/markets/${market}/perp/${requirement}` },
    ],
    ...holderOf(holding),
  });
}

/** What a coin adds to the margin balance and not to the margin: value ÷ U less the share that counts. */
function coinLine({ rules }: StandardInput, held: DeriveCollateral, parent: string, requirement: Requirement): Line {
  const { asset, amount, price, value } = held;
  const { marginFactor = 0, initialScale = 1 } = rules.markets[asset]?.base ?? {};
  const share = requirement === "initial" ? marginFactor * initialScale : marginFactor;
  return leaf(`${parent}/${asset}`, asset, value - amount * price * share, deriveSection.collateral, {
    component: "haircut",
    inputs: [
      { label: "value", value, unit: cashCurrency },
      { label: "amount", value: amount, unit: asset },
      { label: "spot", value: price, unit: "USD" },
      { label: "margin factor", value: marginFactor, parameter: `/markets/${asset}/base/marginFactor` },
      ...(requirement === "initial"
        ? [{ label: "initial scale", value: initialScale, parameter: `/markets/${asset}/base/initialScale` }]
        : []),
    ],
  });
}

function depegLine({ rules, expiries, perpetuals, feeds }: StandardInput, id: string): Line {
  const { threshold, factor } = rules.depeg;
  const exposure = sum([
    ...expiries.map(({ options, index }) => options.shortSize * index),
    ...perpetuals.map(({ quantity, terms }) => Math.abs(quantity) * terms.index),
  ]);
  const amount = exposure * Math.max(0, threshold - feeds.stablePrice) * factor;
  return leaf(id, "Depeg of the cash currency", amount, "5.5", {
    component: "contingency",
    inputs: [
      { label: "short options and perpetuals at spot", value: exposure, unit: "USD" },
      { label: "price of the cash currency", value: feeds.stablePrice, unit: "USD" },
      { label: "threshold", value: threshold, parameter: "/depeg/threshold" },
      { label: "factor", value: factor, parameter: "/depeg/factor" },
    ],
  });
}
