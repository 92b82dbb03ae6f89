import { baseState, whatIfColumn } from "../../core/analysis/index.ts";
import { marginTotals, resolveLegs } from "../../core/margin/index.ts";
import { repeatedly } from "./measure.ts";
import { productBook, shippedRules } from "./product-book.ts";

const methods = ["deribit-portfolio", "okx-portfolio", "bybit-portfolio"];

/** Two legs, one in an instrument that is not held, added to a large book: everything a what-if shows, after the first ticket. */
export function whatIfLegs(legs: number, kernel: string) {
  const { portfolio, market } = productBook(legs);
  const [held, away] = portfolio.positions.slice(50, 52);
  const book = { market, portfolio: { ...portfolio, positions: portfolio.positions.filter((one) => one !== away) } };
  const ticket = (round: number) => {
    const asked = [held, away].flatMap((one) =>
      one === undefined ? [] : [{ instrument: { symbol: one.instrument.symbol }, quantity: round + 1 }],
    );
    const found = resolveLegs(asked, book);
    if (!found.ok) throw new Error(found.failure.message);
    return found.value;
  };
  return {
    workload: `what-if-legs-${legs}`,
    cells: legs,
    async measure() {
      const rows = [];
      for (const id of methods) {
        const run = { ...book, ...shippedRules(id) };
        const column = (round: number) => whatIfColumn(run, ticket(round), { label: id, limits: [] });
        const [one, totals] = [column(3), marginTotals({ ...run, legs: ticket(3) })];
        if (!baseState(run).ok || !one.ok || !totals.ok) throw new Error(`${id} margins the book`);
        if (one.value.after.initialUsd !== totals.value.totals.initialUsd)
          throw new Error(`${id}: the requirement of a what-if differs from the run's`);
        let round = 4;
        const times = await repeatedly(10, () => column(round++));
        rows.push({ peer: `${kernel}, ${id}`, ...times, err: 0 });
      }
      return rows;
    },
  };
}
