import { sum as compensatedSum } from "../../base/index.ts";
import type { ParameterFile } from "../../parameter-file/index.ts";
import type { AccountCharge, Book, ChargeInput } from "../contract.ts";
import { equityLine } from "../parts/account-lines.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, lines } from "../statement.ts";
import { type AccountKind, requirementFactors } from "./account-type.ts";
import { addArrays } from "./added-arrays.ts";
import { type CommodityParts, commodityLine } from "./commodity-line.ts";
import { commodityRisk } from "./commodity-risk.ts";
import { formCredits } from "./credits.ts";
import { heldCommodities } from "./holding.ts";
import { matricesOf } from "./matrix.ts";
import { type ArrayRules, houseOf, scenariosOf } from "./rules.ts";

/** One account a currency: combined commodities are converted only after their requirement is final. */
export function accountsOf(
  { rules, book, cube, detail }: ChargeInput<ArrayRules>,
  file: ParameterFile,
  account: AccountKind,
): readonly AccountCharge[] {
  const house = houseOf(rules, file);
  const scenarios = scenariosOf(rules, file);
  const single = heldCommodities(book, file, rules).map((held) =>
    commodityRisk(held, cube(held.commodity.code), account, rules, house, scenarios),
  );
  const risks = addArrays(file, single, account, rules, scenarios);
  const credits = formCredits(file, risks, account);
  const parts = risks.map((risk): CommodityParts => {
    const code = risk.commodity.code;
    return { risk, credits: credits.get(code) ?? [], house, detail };
  });
  const currencies = [
    ...new Set([...risks.map(({ commodity }) => commodity.currency), ...book.balances.map((b) => b.currency)]),
  ].sort();
  return currencies.map((currency) => {
    const own = parts.filter(({ risk }) => risk.commodity.currency === currency);
    return {
      ...{ id: currency, unit: currency, usdPerUnit: usdPerUnit(book.indices, currency) },
      initial: requirementLine(own, file, account, rules, "initial", currency),
      maintenance: requirementLine(own, file, account, rules, "maintenance", currency),
      ...balanceLines(book, currency),
      matrices: own.flatMap((one) => matricesOf(one.risk, scenarios, currency)),
    };
  });
}

/**
 * Requirement of a currency: risk less the value of options, not below 0; commodities that do not share their option value
 * are compared with 0 one by one.
 */
function requirementLine(
  parts: readonly CommodityParts[],
  file: ParameterFile,
  account: AccountKind,
  rules: ArrayRules,
  requirement: "initial" | "maintenance",
  currency: string,
): Line {
  const { leaf, max, sum, product } = lines(currency);
  const id = `${currency}/${requirement}`;
  const zero = (parent: string) => leaf(`${parent}/zero`, "Not below zero", 0, "9.1", { component: "floor" });
  const ownLine = (
    part: CommodityParts,
  ): { readonly risk: Line; readonly value: number; readonly limited: boolean } => {
    const { commodity, optionValue } = part.risk;
    const factors = requirementFactors(file, commodity, account, rules);
    return {
      risk: commodityLine(part, `${id}/risk/${commodity.code}`, factors[requirement]),
      value: optionValue,
      limited: commodity.limitOptionValue === true || (file.layout === "xml" && file.limitOptionValue === true),
    };
  };
  const made = parts.map((part) => ({ part, ...ownLine(part) }));
  const shared = made.filter(({ limited }) => !limited);
  const limited = made.filter((one) => one.limited);
  const valueLine = (
    owner: string,
    values: readonly { readonly part: CommodityParts; readonly value: number }[],
  ): Line =>
    product(
      `${owner}/option-value`,
      "Less value of options",
      "9",
      -1,
      "taken off",
      sum(
        `${owner}/option-value/total`,
        "Value of options",
        "9",
        values
          .filter(({ value }) => value !== 0)
          .map(({ part, value }) =>
            leaf(`${owner}/option-value/${part.risk.commodity.code}`, part.risk.commodity.code, value, "9", {
              component: "balance",
            }),
          ),
        { component: "balance" },
      ),
      { component: "balance" },
    );
  const pooled = sum(`${id}/net`, "Risk less value of options", "9", [
    sum(
      `${id}/risk`,
      "Risk of the combined commodities",
      "8",
      shared.map(({ risk }) => risk),
    ),
    valueLine(id, shared),
    ...limited.map(({ part, risk, value }) => {
      const own = `${id}/limited/${part.risk.commodity.code}`;
      const net = sum(`${own}/net`, `${part.risk.commodity.code} less value of its options`, "9.2", [
        risk,
        valueLine(own, [{ part, value }]),
      ]);
      return max(own, `${part.risk.commodity.code}, its option value kept to itself`, "9.2", [net, zero(own)]);
    }),
  ]);
  return max(id, `${requirement === "initial" ? "Initial" : "Maintenance"} margin ${currency}`, "9.1", [
    pooled,
    zero(id),
  ]);
}

function balanceLines(book: Book, currency: string): Pick<AccountCharge, "equity" | "marginBalance"> {
  const balances = book.balances.filter((balance) => balance.currency === currency);
  const [first] = balances;
  if (first === undefined) return {};
  const { leaf } = lines(currency);
  const balance =
    balances.length === 1 ? first : { ...first, equity: compensatedSum(balances.map(({ equity }) => equity)) };
  const { basis, equity, marginBalance } = balance;
  const cash = leaf(`${currency}/margin-balance`, "Margin balance", marginBalance ?? equity, "9.3", {
    ...{ basis, component: "balance" },
    inputs: [
      {
        label: marginBalance === undefined ? "equity as stated" : "stated",
        value: marginBalance ?? equity,
        unit: currency,
      },
    ],
  });
  return { equity: equityLine(balance, `${currency}/equity`, "9.3"), marginBalance: cash };
}
