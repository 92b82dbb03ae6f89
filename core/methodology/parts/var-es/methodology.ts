import { DomainError } from "../../../base/index.ts";
import { type AccountCharge, type ChargeInput, defineMethodology, type Methodology } from "../../contract.ts";
import { type Line, walk } from "../../statement.ts";
import { equityInUsd } from "../usd-account.ts";
import { factorsOf } from "./factors.ts";
import { heldBook } from "./held-book.ts";
import type { ListName } from "./joint-list.ts";
import { type Prepared, preparedFor, refusalOf } from "./lists.ts";
import { bookLosses } from "./losses.ts";
import { nothingHeld } from "./nothing-held.ts";
import { parametricModel } from "./parametric-model.ts";
import { remarksOn } from "./remarks.ts";
import { initialMargin, maintenanceMargin } from "./requirement.ts";
import { type VarEsRules, varEsRules } from "./rules.ts";
import { scenarioModel } from "./scenario-model.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";

/** What sets one VaR or ES margin apart from another: its name. Everything else is in its rulebook. */
export interface VarEsPreset {
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  /** Said of every result, e.g. that the clearing house's own model is not public. */
  readonly note?: string;
}

/** A margin by VaR or expected shortfall of the whole book, every convention of it a parameter. */
export function varEsMethodology({ id, title, venue, note }: VarEsPreset): Methodology {
  return defineMethodology<VarEsRules>({
    ...{ id, title, venue },
    accuracy: note === undefined ? "exact" : "approximate",
    rules: varEsRules,
    margins: "any",
    requires: (portfolio, rules) => [
      ...new Set(
        portfolio.flatMap(({ instrument: { kind, symbol, underlying, settlement } }) => [
          `index:${underlying}`,
          `index:${settlement}`,
          kind === "option" ? `volatility:${symbol}` : `mark:${symbol}`,
        ]),
      ),
      ...factorsOf(
        portfolio.filter(({ quantity }) => quantity !== 0),
        rules,
      ).map((factor) => `history:${factor}`),
    ],
    smiles: ({ shocks }) => shocks.sticky !== "strike",
    refuses: ({ book, rules }) => refusalOf(heldBook(book), rules),
    scenarios: () => [],
    summedScenarios: ({ book, rules }) => preparedOf({ book: heldBook(book), rules }).lists.flatMap(({ sets }) => sets),
    charge: (input) => {
      const held = { ...input, book: heldBook(input.book) };
      const models = modelsOf(held);
      return { accounts: accountOf(held, models), remarks: remarksOn(held.book, held.rules, models, note) };
    },
  });
}

function preparedOf({ book, rules }: Pick<ChargeInput<VarEsRules>, "book" | "rules">): Prepared {
  const prepared = preparedFor(book, rules);
  if (!prepared.ok) throw new DomainError(prepared.failure.message, prepared.failure.reason);
  return prepared.value;
}

/** The tails of the book, the current one first. */
function modelsOf({ book, rules }: Pick<ChargeInput<VarEsRules>, "book" | "rules">): ReadonlyMap<ListName, TailModel> {
  const { lists, window } = preparedOf({ book, rules });
  const models = lists.map((list) => scenarioModel(bookLosses(book, list), rules));
  const { simulation } = rules;
  if (window !== undefined && simulation.kind === "parametric")
    models.unshift(parametricModel(book, rules, simulation, window));
  return new Map(models.map((model) => [model.name, model]));
}

/** The line of the statement that is the measure of a list. */
function measureLineId(initial: Line, name: ListName): string {
  for (const { id, combine } of walk(initial)) if (combine.kind === "loss" && id.includes(`/${name}/`)) return id;
  return initial.id;
}

/** Both measures over the horizon of the rules. */
function forecastOf({ forecast, horizonFactor }: TailModel, { horizon }: VarEsRules): Pick<AccountCharge, "forecast"> {
  if (forecast === undefined) return {};
  const { valueAtRisk, expectedShortfall, confidence } = forecast;
  return {
    forecast: {
      valueAtRisk: valueAtRisk * horizonFactor,
      expectedShortfall: expectedShortfall * horizonFactor,
      ...{ confidence, days: horizon.days },
    },
  };
}

/** One account in USD: positions of all underlyings together. */
function accountOf(
  { book, rules, detail }: ChargeInput<VarEsRules>,
  models: ReadonlyMap<ListName, TailModel>,
): readonly AccountCharge[] {
  if (book.positions.length + book.balances.length + book.components.length === 0) return [];
  const current = models.get("current") ?? nothingHeld;
  const input = { book, rules, models, current, detail };
  const { initial, withoutOrders } = initialMargin(input);
  const maintenance = maintenanceMargin(input, withoutOrders);
  const matrix = current.matrix?.();
  return [
    {
      ...{ id: "cross", unit: "USD", usdPerUnit: 1, initial, maintenance },
      matrices: matrix === undefined ? [] : [matrix],
      ...forecastOf(current, rules),
      ...(detail && book.positions.length > 0
        ? {
            decompositions: [...models.values()].flatMap((model) =>
              model.decompositions(measureLineId(initial, model.name)),
            ),
          }
        : {}),
      ...(book.balances.length === 0
        ? {}
        : {
            equity: equityInUsd(book, "cross/equity", "Equity", section.account),
            marginBalance: equityInUsd(book, "cross/margin-balance", "Margin balance", section.account),
          }),
    },
  ];
}
