import type { AccountCharge, Book, Revalued } from "../contract.ts";
import { componentLines, equityLessOptionsLine, equityLine, settlementCurrencies } from "../parts/account-lines.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { contingenciesOf } from "./contingencies.ts";
import { heldIn } from "./held.ts";
import { type Matrix, matrixOf, riskMatrix } from "./matrix.ts";
import type { LegacyRules } from "./rules.ts";
import { matrixScenarios, setIdOf, vegaSetIdOf } from "./scenarios.ts";

/** One account per settlement currency; underlyings of one currency are added. */
export function legacyAccounts(book: Book, rules: LegacyRules, revalued: Revalued): readonly AccountCharge[] {
  const scenarios = matrixScenarios(rules);
  return settlementCurrencies(book).map((currency) => {
    const groups = heldIn(book, currency).map((held) => ({
      underlying: held.underlying,
      matrix: matrixOf(held, scenarios, revalued.cube(setIdOf(held.underlying))),
      contingencies: contingenciesOf(held, rules, revalued.cube(vegaSetIdOf(held.underlying)), currency),
    }));
    const { sum, product } = lines(currency);
    const requirement = (id: string, label: string): Line =>
      sum(
        id,
        label,
        "4.1",
        groups.map(({ underlying, matrix, contingencies }) =>
          sum(`${id}/${underlying}`, `${underlying}: worst cell and contingencies`, "4.1", [
            worstCellLine(matrix, rules, currency, `${id}/${underlying}/worst-cell`, revalued.detail),
            ...contingencies(`${id}/${underlying}`),
          ]),
        ),
      );
    const orders = book.components.filter(({ id }) => id === "open-orders");
    const balance = book.balances.find((candidate) => candidate.currency === currency);
    return {
      id: currency,
      unit: currency,
      usdPerUnit: usdPerUnit(book.indices, currency),
      maintenance: requirement(`${currency}/maintenance`, "Maintenance margin"),
      initial: sum(`${currency}/initial`, "Initial margin", "4.2", [
        product(
          `${currency}/initial/factor`,
          "Maintenance times the initial factor",
          "4.2",
          rules.initialFactor,
          "initial factor",
          requirement(`${currency}/initial/maintenance`, "Maintenance margin"),
          { inputs: [{ label: "initial factor", value: rules.initialFactor, parameter: "/initialFactor" }] },
        ),
        ...componentLines(orders, currency, `${currency}/initial`, "4.3"),
      ]),
      ...(balance === undefined
        ? {}
        : {
            equity: equityLine(balance, `${currency}/equity`, "5.1"),
            marginBalance:
              rules.marginBalance === "equity"
                ? equityLine(balance, `${currency}/margin-balance`, "5.1")
                : equityLessOptionsLine(book, balance, `${currency}/margin-balance`, "5.1"),
          }),
      matrices: groups.map(({ underlying, matrix }) =>
        riskMatrix(
          matrix,
          setIdOf(underlying),
          `${underlying} settled in ${currency}`,
          currency,
          revalued.amountsOnly === true,
        ),
      ),
    };
  });
}

function worstCellLine(matrix: Matrix, rules: LegacyRules, unit: string, id: string, detail: boolean): Line {
  const { leaf, loss } = lines(unit);
  const { worst, positions } = matrix;
  const scenario = worst === undefined ? undefined : matrix.scenarios[worst];
  if (worst === undefined || scenario === undefined)
    return loss(id, "Worst cell: none loses", "2.4", [], { component: "scenario" });
  const inputs: LineInput[] = [
    { label: "price move", value: scenario.priceMove, parameter: `/priceMoves/${scenario.column}` },
  ];
  if (scenario.row !== "same")
    for (const key of [scenario.row, "mode", "shortPower", "longPower", "referenceDays", "minimumDays"] as const)
      inputs.push({ label: volatilityLabels[key], value: rules.volatility[key], parameter: `/volatility/${key}` });
  const children = detail
    ? positions.map(({ position }, index) =>
        leaf(`${id}/${position.id}`, position.instrument.symbol, matrix.profit(index, worst), "2.3", {
          component: "position",
          positionId: position.id,
          inputs: [{ label: "quantity", value: position.quantity }],
        }),
      )
    : [leaf(`${id}/all`, "All positions", matrix.totals[worst] ?? 0, "2.3")];
  return loss(id, `Worst cell: ${scenario.label}`, "2.4", children, { component: "scenario", inputs });
}

const volatilityLabels = {
  up: "volatility change up",
  down: "volatility change down",
  mode: "mode of the change",
  shortPower: "power below the reference days",
  longPower: "power from the reference days on",
  referenceDays: "reference days",
  minimumDays: "least days",
} as const;
