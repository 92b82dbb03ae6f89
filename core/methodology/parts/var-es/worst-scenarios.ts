import type { MatrixCell, RiskMatrix } from "../../contract.ts";
import { jointLabel, priceMoveOf } from "./joint-label.ts";
import type { BookLosses } from "./losses.ts";
import type { Measured } from "./measured.ts";

/** Scenarios shown, worst first. */
const shown = 50;

/**
 * The worst joint scenarios of the book as a matrix; the scenario at the rank of the VaR binds.
 * The price move of a cell is that of the underlying that loses most in it.
 */
export function worstScenarios(book: BookLosses, { losses, tail }: Measured): RiskMatrix {
  const { list, groups, total } = book;
  const count = Math.max(shown, tail.rank);
  const least = losses.slice().sort()[Math.max(0, losses.length - count)] ?? 0;
  const worst = Array.from(losses.keys()).filter((scenario) => (losses[scenario] ?? 0) >= least);
  const order = worst.sort((a, b) => (losses[b] ?? 0) - (losses[a] ?? 0) || a - b);
  const cells = order.slice(0, count).map((scenario, at): MatrixCell => {
    const moves = groups.map(({ underlying, losses: own }) => ({
      underlying,
      own: own[scenario] ?? 0,
      move: priceMoveOf(book, underlying, scenario),
    }));
    const most = moves.reduce((a, b) => (b.own > a.own ? b : a), moves[0] ?? { underlying: "", own: 0, move: 0 });
    return {
      scenarioId: list.ids[scenario] ?? "",
      label: jointLabel(book, scenario),
      priceMove: most.move,
      volatility: `rank ${at + 1}`,
      group: "standard",
      beforeOffsets: -(total[scenario] ?? 0),
      amount: -(losses[scenario] ?? 0),
    };
  });
  const binding = order[tail.rank - 1];
  const bindingId = binding === undefined ? undefined : list.ids[binding];
  return {
    setId: list.name,
    title: `Worst ${cells.length} of ${list.ids.length} scenarios`,
    unit: "USD",
    cells,
    ...(bindingId === undefined || !((losses[binding ?? -1] ?? 0) > 0) ? {} : { bindingScenarioId: bindingId }),
  };
}
