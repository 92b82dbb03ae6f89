import type { SurfaceRun } from "../../core/analysis/index.ts";
import type { Result } from "../../core/base/index.ts";
import { type MarginRun, marginTotals, resolveLegs, runMargin } from "../../core/margin/index.ts";
import { catalog } from "../../core/methodology/index.ts";
import { type BlockExecutor, bestKernel } from "../../core/revaluation/index.ts";
import { repeatedly } from "./measure.ts";
import { productBook, shippedRules } from "./product-book.ts";
import type { ProductTrial } from "./product-trials.ts";
import { difference, repeated, scenarios, surface } from "./surface-trial.ts";

type Book = ReturnType<typeof productBook>;

/** Every methodology of the catalogue that margins a book. */
function methodsOf(book: Book) {
  return [...catalog.values()]
    .map(({ id }) => shippedRules(id))
    .filter((rules) => marginTotals({ ...book, ...rules }).ok);
}

const axes = {
  price: { from: -0.4, to: 0.4, count: 41 },
  volatility: { from: -0.4, to: 0.6, count: 41 },
  volatilityMode: "relative" as const,
};

/** One leg changed in a large book: the margin of every method, after the first run has warmed the unit values. */
export function whatIfTotals(legs: number, kernel: string): ProductTrial {
  const book = productBook(legs);
  const edited = (round: number) => [{ positionId: "p77", quantity: round + 1 }];
  const under = methodsOf(book);
  const every = async (compute: (run: MarginRun) => unknown, round: number): Promise<Result<unknown>[]> => {
    const results: Result<unknown>[] = [];
    for (const rules of under)
      results.push((await compute({ ...book, ...rules, edits: edited(round) })) as Result<unknown>);
    return results;
  };
  return {
    workload: `what-if-${legs}`,
    cells: legs * scenarios * under.length,
    async measure() {
      const [totals, full] = [await every(marginTotals, 5), await every(runMargin, 5)];
      totals.forEach((result, at) => {
        const [one, other] = [result, full[at]] as [Result<{ totals: object }>, Result<{ totals: object }>];
        if (!one.ok || !other.ok || JSON.stringify(one.value.totals) !== JSON.stringify(other.value.totals))
          throw new Error(`${under[at]?.methodology.id}: the totals of a what-if differ from the run's`);
      });
      let round = 0;
      const quick = await repeatedly(10, () => every(marginTotals, round++));
      const slow = await repeatedly(3, () => every(runMargin, round++));
      const rows = [
        { peer: `${kernel}, totals of ${under.length} methods`, ...quick, err: 0 },
        { peer: `${kernel}, statements of ${under.length} methods`, ...slow, err: 0 },
      ];
      for (const rules of under) {
        const one = await repeatedly(10, () => marginTotals({ ...book, ...rules, edits: edited(round++) }));
        rows.push({ peer: `${kernel}, ${rules.methodology.id}`, ...one, err: 0 });
      }
      return rows;
    },
  };
}

/** One leg changed in a large book: its margin surface, after the surface of the book itself. */
export function whatIfSurface(legs: number, pool: BlockExecutor): ProductTrial {
  return {
    workload: `what-if-surface-${legs}`,
    cells: legs * 41 * 41 * scenarios,
    async measure() {
      const run: SurfaceRun = { ...productBook(legs), ...shippedRules("deribit-portfolio"), axes };
      let round = 0;
      const edited = () => ({ ...run, edits: [{ positionId: "p77", quantity: 1 + round++ }] });
      await surface(run);
      const one = await repeated(edited(), 1);
      const checked = {
        ...run,
        axes: { ...axes, price: { ...axes.price, count: 5 }, volatility: { ...axes.volatility, count: 5 } },
      };
      const edits = [{ positionId: "p77", quantity: 9 }];
      const err = difference(
        (await surface({ ...checked, edits })).value,
        (await surface({ ...checked, edits, plain: true })).value,
      );
      const coarse: number[] = [];
      const timed = (executor?: BlockExecutor) =>
        repeatedly(7, async () =>
          coarse.push((await surface({ ...edited(), ...(executor === undefined ? {} : { executor }) })).coarse),
        );
      await surface({ ...run, executor: pool });
      const alone = await timed();
      await timed(pool);
      const many = await timed(pool);
      return [
        { peer: one.value.kernel, ...alone, err },
        { peer: `${bestKernel().name}, ${pool.name}`, ...many, err },
        { peer: `${bestKernel().name}, ${pool.name}, coarse`, times: coarse.slice(-7), err },
      ];
    },
  };
}

/** One leg added to a large book, in an instrument that is not held: the margin of every method, and the surface of one. */
export function whatIfTogether(legs: number, pool: BlockExecutor): ProductTrial {
  const { portfolio, market } = productBook(legs);
  const [away] = portfolio.positions.slice(51, 52);
  if (away === undefined) throw new Error("a large book has such a position");
  const book = { market, portfolio: { ...portfolio, positions: portfolio.positions.filter((one) => one !== away) } };
  const under = methodsOf(book);
  const added = (round: number) => {
    const found = resolveLegs([{ instrument: { symbol: away.instrument.symbol }, quantity: round + 1 }], book);
    if (!found.ok) throw new Error(found.failure.message);
    return found.value;
  };
  const run: SurfaceRun = { ...book, ...shippedRules("deribit-portfolio"), axes };
  return {
    workload: `what-if-together-${legs}`,
    cells: legs * scenarios * (under.length + 41 * 41),
    async measure() {
      const ask = async (round: number, executor?: BlockExecutor) => {
        const ticket = added(round);
        // Threads compute the surface while this one charges the methods, as in the program.
        const shown = surface({ ...run, legs: ticket, ...(executor === undefined ? {} : { executor }) });
        const totals = under.map((rules) => marginTotals({ ...book, ...rules, legs: ticket }));
        return { totals, surface: (await shown).value };
      };
      let round = 0;
      await surface(run);
      await surface({ ...run, executor: pool });
      const [one, many] = [await ask(3), await ask(3, pool)];
      const err = difference(many.surface, one.surface);
      if (JSON.stringify(one.totals) !== JSON.stringify(many.totals)) throw new Error("threads give other totals");
      const whole = [...portfolio.positions.filter((position) => position !== away), { ...away, quantity: 4 }];
      under.forEach((rules, at) => {
        const held = marginTotals({ market, portfolio: { ...portfolio, positions: whole }, ...rules });
        const asked = one.totals[at];
        if (!held.ok || asked?.ok !== true) throw new Error(`${rules.methodology.id} margins the book`);
        const relative = asked.value.totals.initialUsd / held.value.totals.initialUsd - 1;
        if (Math.abs(relative) > 1e-9) throw new Error(`${rules.methodology.id}: a leg differs from a position`);
      });
      await repeatedly(5, () => ask(round++, pool));
      const alone = await repeatedly(11, () => ask(round++));
      const threads = await repeatedly(11, () => ask(round++, pool));
      const peer = `${bestKernel().name}, totals of ${under.length} methods and a surface`;
      return [
        { peer: `${peer}, 1 thread`, ...alone, err },
        { peer: `${peer}, ${pool.name}`, ...threads, err },
      ];
    },
  };
}
