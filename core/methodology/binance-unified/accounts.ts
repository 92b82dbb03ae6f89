import type { AccountCharge, Book } from "../contract.ts";
import { componentLabels, inUsd } from "../parts/account-lines.ts";
import { collateralInUsd, equityInUsd, statedInUsd } from "../parts/usd-account.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { futuresLine } from "./futures-margin.ts";
import { leveragedLoans, loanLine } from "./loan-margin.ts";
import type { UnifiedRules } from "./rules.ts";

const { leaf, max, product, sum } = lines("USD");

/** The unified account: one account in USD, whose ratio of equity to maintenance is uniMMR. */
export function unifiedAccount(book: Book, rules: UnifiedRules, detail: boolean): readonly AccountCharge[] {
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const maintenance = maintenanceLine(book, rules, "cross/maintenance", detail);
  const account = {
    ...{ id: "cross", unit: "USD", usdPerUnit: 1, matrices: [] },
    initial: initialLine(book, rules, detail),
    maintenance,
  };
  if (book.balances.length === 0) return [account];
  const marginBalance = adjustedEquity(book, rules);
  return [
    {
      ...account,
      equity: equityInUsd(book, "cross/equity", "Equity before collateral rates", "2.1"),
      marginBalance,
      ...(rules.program === "pro" ? { withdrawable: withdrawable(marginBalance, maintenance, rules) } : {}),
      ratios: ratiosOf(marginBalance, maintenance, rules),
    },
  ];
}

function maintenanceLine(
  book: Book,
  rules: UnifiedRules,
  id: string,
  detail: boolean,
  label = "Maintenance margin",
): Line {
  const computed =
    rules.program === "pro-span"
      ? riskUnits(book, id)
      : [futuresLine(book, rules, "maintenance", `${id}/futures`, detail), loanLine(book, rules, `${id}/loans`)];
  const stated = statedInUsd(book, ["borrowing-maintenance", "other-maintenance"], id, "3.4");
  return sum(id, label, "3", [...computed, ...stated]);
}

/** Maintenance by risk unit as the venue states it: its scan is not published. */
function riskUnits(book: Book, parent: string): readonly Line[] {
  const stated = book.components.filter(({ id }) => id === "risk-unit-maintenance");
  return stated.map(({ underlying = "", currency, amount, basis, id }, index) => {
    const repeated = stated.slice(0, index).filter((earlier) => earlier.underlying === underlying).length;
    const own = `${parent}/risk-unit-${underlying}${repeated === 0 ? "" : `-${repeated + 1}`}`;
    const unit = lines(currency).leaf(`${own}/stated`, `${componentLabels[id]} ${underlying}`, amount, "3.3", {
      basis,
    });
    return inUsd(unit, book.indices, own, "3.3");
  });
}

function initialLine(book: Book, rules: UnifiedRules, detail: boolean): Line {
  const id = "cross/initial";
  if (rules.program !== "portfolio-margin")
    return maintenanceLine(book, rules, id, detail, "Initial margin: none in this program, maintenance in its place");
  return max(id, "Initial margin", "4", [
    sum(`${id}/positions`, "Initial margin of positions and loans", "4", [
      futuresLine(book, rules, "initial", `${id}/positions/futures`, detail),
      leveragedLoans(book, rules, `${id}/positions/loans`),
      ...statedInUsd(book, ["open-orders", "borrowing-initial", "other-initial"], `${id}/positions`, "4.3"),
    ]),
    maintenanceLine(book, rules, `${id}/maintenance`, detail),
  ]);
}

function adjustedEquity(book: Book, rules: UnifiedRules): Line {
  const id = "cross/margin-balance";
  const shareOf = (currency: string) => {
    const share = Object.hasOwn(rules.collateralRates, currency) ? rules.collateralRates[currency] : undefined;
    if (share === undefined) return undefined;
    return { share, input: { label: "collateral rate", value: share, parameter: `/collateralRates/${currency}` } };
  };
  const losses = book.components.filter((component) => component.id === "spot-orders");
  if (rules.program !== "portfolio-margin" || losses.length === 0)
    return collateralInUsd(book, shareOf, id, "Account equity", "2.2");
  return sum(id, "Adjusted equity", "2.3", [
    collateralInUsd(book, shareOf, `${id}/equity`, "Account equity", "2.2"),
    ...losses.map(({ currency, amount, basis }, index) => {
      const own = `${id}/open-loss-${currency}${index === 0 ? "" : `-${index + 1}`}`;
      const loss = lines(currency).leaf(`${own}/stated`, "Open loss of orders", amount, "2.3", { basis });
      const rate = usdPerUnit(book.indices, currency);
      return product(own, "Less open loss in USD", "2.3", -rate, `−USD per ${currency}`, loss, {
        component: "balance",
      });
    }),
  ]);
}

function withdrawable(equity: Line, maintenance: Line, { withdrawalFactor }: UnifiedRules): Line {
  const id = "cross/withdrawable";
  const inputs: LineInput[] = [{ label: "factor", value: withdrawalFactor, parameter: "/withdrawalFactor" }];
  return max(
    id,
    "Available for withdrawal",
    "5.3",
    [
      leaf(`${id}/nothing`, "Not below nothing", 0, "5.3"),
      sum(`${id}/free`, "Equity less what is kept back", "5.3", [
        leaf(`${id}/free/equity`, equity.label, equity.amount, "5.3"),
        product(
          `${id}/free/kept`,
          "Less kept back",
          "5.3",
          -withdrawalFactor,
          "−factor",
          leaf(`${id}/free/kept/maintenance`, "Maintenance margin", maintenance.amount, "5.3"),
          { inputs },
        ),
      ]),
    ],
    { component: "balance" },
  );
}

/** uniMMR and, in USD, the equity at which each status begins; nothing without maintenance. */
function ratiosOf(equity: Line, maintenance: Line, { levels }: UnifiedRules): readonly Line[] {
  if (maintenance.amount <= 0) return [];
  const ratio = equity.amount / maintenance.amount;
  const reached = levels.filter(({ atOrBelow }) => ratio <= atOrBelow).at(-1);
  const uniMmr = lines("times").leaf("cross/uni-mmr", "uniMMR", ratio, "5.1", {
    component: "balance",
    inputs: [
      { label: equity.label, value: equity.amount, unit: "USD" },
      { label: "maintenance margin", value: maintenance.amount, unit: "USD" },
      { label: "status", value: reached?.status ?? "NORMAL" },
    ],
  });
  const begins = levels.map(({ atOrBelow, status }, index) =>
    leaf(`cross/level-${index + 1}`, `Equity at which ${status} begins`, atOrBelow * maintenance.amount, "5.2", {
      component: "balance",
      inputs: [{ label: "uniMMR", value: atOrBelow, parameter: `/levels/${index}/atOrBelow` }],
    }),
  );
  return [uniMmr, ...begins];
}
