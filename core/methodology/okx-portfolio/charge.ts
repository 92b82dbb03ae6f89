import type { AccountCharge, Charge, ChargeInput } from "../contract.ts";
import { componentLines, equityLine, inUsd } from "../parts/account-lines.ts";
import { type Line, lines } from "../statement.ts";
import { borrowingLines, discountedLines, ownBalances, totalLiabilityUsd } from "./borrowing.ts";
import { remarksOn } from "./remarks.ts";
import type { OkxRules } from "./rules.ts";
import { section } from "./sections.ts";
import { unitCharge } from "./unit-line.ts";
import { unitsOf } from "./units.ts";

const account = "cross";

/** One account in USD: its risk units, what it borrows, open orders, and its discounted equity. */
export function portfolioCharge(input: ChargeInput<OkxRules>): Charge {
  const { book, rules } = input;
  if (book.positions.length + book.balances.length + book.components.length === 0) return { accounts: [], remarks: [] };
  const units = unitsOf(book, rules);
  const charges = units.map((unit) => unitCharge(unit, units.length, input));
  const { leaf, sum: total } = lines("USD");
  const initial = total(`${account}/initial`, "Initial margin", section.total, [
    ...charges.map((charge) => charge.initial),
    ...borrowing(input, "initial"),
    ...orderLines(input, "initial"),
  ]);
  const maintenance = total(`${account}/maintenance`, "Maintenance margin", section.total, [
    ...charges.map((charge, index) =>
      leaf(
        `${account}/maintenance/${units[index]?.id}`,
        `Risk unit ${units[index]?.id}`,
        charge.maintenance,
        section.unit,
        {
          inputs: [{ label: "opened under", value: `${units[index]?.id}/mmr` }],
        },
      ),
    ),
    ...borrowing(input, "maintenance"),
    ...orderLines(input, "maintenance"),
  ]);
  const charged: AccountCharge = {
    id: account,
    unit: "USD",
    usdPerUnit: 1,
    initial,
    maintenance,
    ...equityOf(input, maintenance.amount),
    matrices: charges.map(({ matrix }) => matrix),
  };
  return { accounts: [charged], remarks: input.amountsOnly === true ? [] : remarksOn(input, units) };
}

/** Computed borrowing, or what the venue or the user states of it. */
function borrowing(input: ChargeInput<OkxRules>, which: "initial" | "maintenance"): Line[] {
  const stated = statedLines(input, [`borrowing-${which}`], `${account}/${which}`);
  return stated.length > 0 ? stated : borrowingLines(input.book, input.rules, which);
}

function orderLines(input: ChargeInput<OkxRules>, which: "initial" | "maintenance"): Line[] {
  const ids =
    which === "initial" ? (["open-orders", "spot-orders", "other-initial"] as const) : (["other-maintenance"] as const);
  return statedLines(input, ids, `${account}/${which}`);
}

function statedLines({ book }: ChargeInput<OkxRules>, ids: readonly string[], parent: string): Line[] {
  const chosen = book.components.filter(({ id }) => ids.includes(id));
  return [...new Set(chosen.map(({ currency }) => currency))].flatMap((currency) =>
    componentLines(chosen, currency, `${parent}/${currency}`, section.orders).map((line) =>
      inUsd(line, book.indices, `${line.id}-usd`, section.orders),
    ),
  );
}

function equityOf({ book, rules }: ChargeInput<OkxRules>, maintenance: number): Partial<AccountCharge> {
  const { leaf, sum: total } = lines("USD");
  const extra = { component: "balance" } as const;
  const own = ownBalances(book);
  const whole = book.balances.find(({ wholeAccount }) => wholeAccount === true);
  if (own.length === 0 && whole === undefined) return {};
  const stated = { ...extra, basis: whole?.basis ?? "imported" };
  const equity =
    own.length === 0
      ? leaf(`${account}/equity`, "Equity", whole?.equity ?? 0, section.equity, stated)
      : total(
          `${account}/equity`,
          "Equity",
          section.equity,
          own.map((balance) => {
            const id = `${account}/equity/${balance.currency}`;
            return inUsd(equityLine(balance, `${id}/amount`, section.equity), book.indices, id, section.equity);
          }),
          extra,
        );
  const adjusted = whole?.marginBalance ?? whole?.equity ?? 0;
  const marginBalance =
    own.length === 0
      ? leaf(`${account}/margin-balance`, "Adjusted equity", adjusted, section.adjustedEquity, stated)
      : total(
          `${account}/margin-balance`,
          "Adjusted equity",
          section.adjustedEquity,
          discountedLines(book, rules),
          extra,
        );
  return { equity, marginBalance, ...ratioOf(book, rules, marginBalance.amount, maintenance) };
}

/** Margin ratio = adjusted equity / (maintenance + liquidation fee); liquidation at 1. */
function ratioOf(
  book: ChargeInput<OkxRules>["book"],
  { mr8 }: OkxRules,
  adjusted: number,
  maintenance: number,
): Partial<AccountCharge> {
  const liability = totalLiabilityUsd(book);
  const fee = mr8.liquidationFee * liability;
  if (!(maintenance + fee > 0)) return {};
  const inputs = [
    { label: "adjusted equity", value: adjusted, unit: "USD" },
    { label: "maintenance margin", value: maintenance, unit: "USD" },
    { label: "liquidation fee", value: fee, unit: "USD" },
    { label: "fee on the liability", value: mr8.liquidationFee, parameter: "/mr8/liquidationFee" },
  ];
  const value = adjusted / (maintenance + fee);
  const label = "Margin ratio (warning at 3, liquidation at 1)";
  return {
    ratios: [
      lines("times").leaf(`${account}/margin-ratio`, label, value, section.ratio, { component: "balance", inputs }),
    ],
  };
}
