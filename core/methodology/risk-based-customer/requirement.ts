import { sum as compensatedSum } from "../../base/index.ts";
import type { Book, BookPosition, RiskMatrix } from "../contract.ts";
import { usdPerUnit } from "../parts/usd-per-unit.ts";
import { type Line, type LineInput, lines } from "../statement.ts";
import { type ClassProfits, offsetProfit, type ProductProfits, type TopProfits } from "./group-profits.ts";
import { columnOf, leverageOf } from "./groups.ts";
import { pointMoves, setIdOf } from "./points.ts";
import type { RiskBasedRules } from "./rules.ts";

const { leaf, loss, max, product, sum } = lines("USD");

/**
 * Requirement of a group: the larger of its worst loss and the minimum of its contracts.
 *
 * @param id     line id
 * @param detail false: no lines of single positions
 */
export function groupLine(top: TopProfits, rules: RiskBasedRules, book: Book, id: string, detail: boolean): Line {
  return max(id, `Group ${labelOf(top.group.id)}`, "5", [
    lossLine(top, rules, `${id}/loss`, detail),
    minimumLine(top, rules, book, `${id}/minimum`, detail),
  ]);
}

function lossLine(top: TopProfits, rules: RiskBasedRules, id: string, detail: boolean): Line {
  const { worst, products } = top;
  if (worst === undefined) return loss(id, "Worst loss: no point loses", "3.3", [], { component: "scenario" });
  const point: LineInput = { label: "point", value: `${worst + 1} of ${2 * rules.points.perSide}` };
  const whole = { rules, worst, detail };
  const [only] = products;
  const children =
    only !== undefined && products.length === 1
      ? productLines(only, id, whole)
      : products.map((one) => {
          const inner = sum(
            `${id}/${one.group.id}/whole`,
            labelOf(one.group.id),
            "4",
            productLines(one, `${id}/${one.group.id}`, whole),
          );
          const share = { offset: top.group.offset, parameter: top.group.parameter };
          return offsetLine(`${id}/${one.group.id}`, inner, one.totals[worst] ?? 0, share);
        });
  return loss(id, "Worst loss", "3.3", children, { component: "scenario", inputs: [point] });
}

interface Whole {
  readonly rules: RiskBasedRules;
  readonly worst: number;
  readonly detail: boolean;
}

function productLines({ classes, group }: ProductProfits, id: string, whole: Whole): readonly Line[] {
  const [only] = classes;
  if (only !== undefined && classes.length === 1) return positionLines(only, id, whole);
  return classes.map((one) => {
    const inner = sum(
      `${id}/${one.group.id}/all`,
      one.group.id,
      "3.3",
      positionLines(one, `${id}/${one.group.id}`, whole),
    );
    return offsetLine(`${id}/${one.group.id}`, inner, one.totals[whole.worst] ?? 0, group);
  });
}

function offsetLine(
  id: string,
  inner: Line,
  profit: number,
  { offset, parameter }: { readonly offset: number; readonly parameter?: string | undefined },
): Line {
  const inputs = parameter === undefined ? [] : [{ label: "offset", value: offset, parameter }];
  // A loss counts in full: its own line stands.
  if (offsetProfit(profit, offset) === profit) return inner;
  return product(id, `Gain of ${inner.label} that counts`, "4", offset, "offset", inner, { inputs });
}

function positionLines(
  { group, byPosition }: ClassProfits,
  id: string,
  { rules, worst, detail }: Whole,
): readonly Line[] {
  const profits = byPosition(worst);
  if (!detail) return [leaf(`${id}/all-positions`, "All positions", compensatedSum(profits), "3.2")];
  return group.positions.map(({ position: { id: positionId, instrument, quantity }, terms }, index) => {
    const leverage = leverageOf(rules, instrument.underlying);
    const move = pointMoves(group.range, rules.points, leverage)[worst] ?? 0;
    return leaf(`${id}/${positionId}`, instrument.symbol, profits[index] ?? 0, "3.2", {
      component: "position",
      positionId,
      inputs: [
        { label: "quantity", value: quantity },
        { label: "price", value: terms.index, unit: instrument.quote },
        { label: "move", value: move },
        ...rangeInputs(group.productClass, rules),
        ...(leverage === 1
          ? []
          : [{ label: "leverage", value: leverage, parameter: `/products/${instrument.underlying}/leverage` }]),
        ...(group.concentrated && rules.concentration.rangeFactor !== 1
          ? [
              {
                label: "factor of a concentrated group",
                value: rules.concentration.rangeFactor,
                parameter: "/concentration/rangeFactor",
              },
            ]
          : []),
      ],
    });
  });
}

function rangeInputs(productClass: string, rules: RiskBasedRules): LineInput[] {
  const range = columnOf(rules)?.ranges[productClass];
  if (range === undefined) return [];
  return (["down", "up"] as const).map((side) => ({
    label: `range ${side}`,
    value: range[side],
    parameter: `/uses/${rules.use}/ranges/${productClass}/${side}`,
  }));
}

/** Contracts of the group at so much each; a long contract at most at its market value. Stock has no minimum. */
function minimumLine(top: TopProfits, rules: RiskBasedRules, book: Book, id: string, detail: boolean): Line {
  const perUnit = columnOf(rules)?.minimumPerUnit ?? 0;
  const input: LineInput = {
    label: "minimum",
    value: perUnit,
    unit: "USD",
    parameter: `/uses/${rules.use}/minimumPerUnit`,
  };
  const contracts = top.products
    .flatMap(({ classes }) => classes.flatMap(({ group }) => group.positions))
    .filter(({ position }) => position.instrument.kind !== "stock" && position.instrument.kind !== "spot");
  const amounts = contracts.map((entry) => minimumOf(entry, perUnit, rules, book));
  const extra = { component: "floor", inputs: [input] } as const;
  if (!detail) return leaf(id, "Minimum", compensatedSum(amounts), "5", extra);
  const children = contracts.map(({ position: { id: positionId, instrument, quantity } }, index) =>
    leaf(`${id}/${positionId}`, instrument.symbol, amounts[index] ?? 0, "5", {
      component: "floor",
      positionId,
      inputs: [{ label: "contracts × size", value: Math.abs(quantity) }, input],
    }),
  );
  return sum(id, "Minimum of the contracts", "5", children, extra);
}

function minimumOf(
  { position, terms }: BookPosition,
  perUnit: number,
  { longCap }: RiskBasedRules,
  book: Book,
): number {
  const { instrument, quantity } = position;
  const plain = perUnit * Math.abs(quantity);
  const capped = longCap && quantity > 0 && instrument.kind === "option";
  return (capped ? Math.min(plain, quantity * terms.mark) : plain) * usdPerUnit(book.indices, instrument.settlement);
}

/** The points of a group as cells. */
export function groupMatrix({ group, products, totals, worst }: TopProfits, rules: RiskBasedRules): RiskMatrix {
  const first = products[0]?.classes[0]?.group;
  const underlying = first?.positions[0]?.position.instrument.underlying ?? group.id;
  const before = products.flatMap(({ classes }) => classes);
  const moves = pointMoves(first?.range ?? { down: 0, up: 0 }, rules.points, leverageOf(rules, underlying));
  return {
    setId: setIdOf(underlying),
    title: `Group ${labelOf(group.id)}`,
    unit: "USD",
    cells: moves.map((priceMove, k) => ({
      scenarioId: String(k + 1),
      label: `point ${k + 1}`,
      priceMove,
      volatility: "same",
      group: "standard",
      beforeOffsets: compensatedSum(before.map((one) => one.totals[k] ?? 0)),
      amount: totals[k] ?? 0,
    })),
    ...(worst === undefined ? {} : { bindingScenarioId: String(worst + 1) }),
  };
}

function labelOf(id: string): string {
  return id.startsWith("class ") ? id.slice("class ".length) : id;
}
