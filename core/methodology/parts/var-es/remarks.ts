import { isoDate, msPerDay } from "../../../base/index.ts";
import type { Book, Charge } from "../../contract.ts";
import { unusedComponents } from "../unused-components.ts";
import { collateralCoins } from "./collateral.ts";
import type { ListName } from "./joint-list.ts";
import type { VarEsRules } from "./rules.ts";
import { section } from "./sections.ts";
import type { TailModel } from "./tail-model.ts";

/** A history that ends so long before the market no longer describes it. */
const staleAfterDays = 7;

type Remark = Charge["remarks"][number];

const used: ReadonlySet<string> = new Set(["open-orders", "other-initial", "other-maintenance"]);

/** What a reader must know beside the number: conventions with known weaknesses, and what was not measured. */
export function remarksOn(
  book: Book,
  rules: VarEsRules,
  models: ReadonlyMap<ListName, TailModel>,
  modelNote: string | undefined,
): readonly Remark[] {
  const remark = (message: string, rule: string): Remark => ({ accuracy: "approximate", message, rule });
  const unused = unusedComponents(book, ({ id, underlying }) => underlying === undefined && used.has(id));
  const hasOptions = book.positions.some(({ position }) => position.instrument.kind === "option");
  const withoutSmile = book.positions.filter(
    ({ position, terms }) =>
      position.instrument.kind === "option" && (terms.smile === undefined || terms.carry !== undefined),
  ).length;
  const { horizon, simulation, shocks } = rules;
  const rooted = horizon.method === "root" && horizon.days > 1 && simulation.kind === "historical";
  const unmeasured = collateralCoins(book, rules).filter(
    (coin) => !book.history?.series.some(({ factor }) => factor === `price:${coin}`),
  );
  const newest = Math.max(...(book.history?.series.map(({ timesMs }) => timesMs.at(-1) ?? 0) ?? [book.asOfMs]));
  const staleDays = Math.floor((book.asOfMs - newest) / msPerDay);
  return [
    ...(modelNote === undefined || book.positions.length === 0 ? [] : [remark(modelNote, section.initial)]),
    ...[...models.values()].flatMap(({ notes }) => notes.map((note) => remark(note, section.window))),
    ...(book.positions.length > 0 && staleDays > staleAfterDays
      ? [remark(`the history ends on ${isoDate(newest)}, ${staleDays} days before the market`, section.window)]
      : []),
    ...(simulation.kind === "monte-carlo" && book.positions.length > 0
      ? [remark("scenarios are drawn: the standard error of VaR and ES stands with the measure", section.monteCarlo)]
      : []),
    ...(hasOptions && simulation.kind === "parametric"
      ? [
          remark(
            `options count by their sensitivities to ${simulation.model === "delta-gamma" ? "second" : "first"} order: large moves are not revalued`,
            section.parametric,
          ),
        ]
      : []),
    ...(hasOptions && rooted
      ? [
          remark(
            `the horizon of ${horizon.days} days is √days × one day: for options the error of that has no sign`,
            section.horizon,
          ),
        ]
      : []),
    ...(withoutSmile === 0 || shocks.sticky === "strike"
      ? []
      : [
          remark(
            `${withoutSmile} of the options have no smile of their expiry: they keep their volatility by strike`,
            section.surface,
          ),
        ]),
    ...(hasOptions && shocks.volatility === "none"
      ? [remark("volatility is not shocked: options lose by price alone", section.surface)]
      : []),
    ...unmeasured.map((coin) =>
      remark(`the history has no price:${coin}: it is not measured as collateral`, section.wrongWay),
    ),
    ...(unused === undefined ? [] : [remark(unused, section.account)]),
  ];
}
