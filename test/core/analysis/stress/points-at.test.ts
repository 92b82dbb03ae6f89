import { describe, expect, it } from "vitest";
import type { StressRun } from "../../../../core/analysis/index.ts";
import { stressPointsKind } from "../../../../core/analysis/stress/stress-work.ts";
import { type BlockExecutor, bestEngine, runHere } from "../../../../core/revaluation/index.ts";
import { productBook } from "../../../bench/product-book.ts";
import { columnsOf, run } from "../../../bench/stress-trial.ts";

/** Computes here, as a thread would, and lists the methods of each job. */
function countingExecutor(): { readonly executor: BlockExecutor; readonly jobs: string[][] } {
  const jobs: string[][] = [];
  const executor: BlockExecutor = {
    name: "counting",
    run(kind, input, options) {
      if (kind.name === stressPointsKind.name) {
        const { methods } = input as unknown as Parameters<typeof stressPointsKind.make>[0];
        jobs.push(methods.map(({ methodology }) => methodology));
      }
      return runHere(bestEngine(), kind.make(input), options);
    },
  };
  return { executor, jobs };
}

const book = productBook(200);
const pair = ["deribit-portfolio", "deribit-cross-portfolio"];

/** Amounts of a method by scenario. */
function amountsOf({ scenarios }: StressRun, column: number) {
  return scenarios.map(({ outcomes }) => {
    const found = outcomes.find((outcome) => outcome.column === column);
    return [found?.pnlUsd, found?.after, found?.byUnderlying, found?.flags, found?.remarks];
  });
}

describe("methods of one venue in a stress run", () => {
  it("share one pass over the markets of their book, with the bits of each alone", async () => {
    const { executor, jobs } = countingExecutor();
    const together = await run(columnsOf(book, [...pair, "okx-portfolio"]), executor);
    expect(jobs.map((methods) => methods.join()).sort()).toEqual([pair.join(), "okx-portfolio"]);
    for (const [column, id] of pair.entries()) {
      const apart = await run(columnsOf(book, [id]));
      expect(amountsOf(together, column)).toEqual(amountsOf(apart, 0));
    }
  });

  it("stay apart where their books differ in one quantity", async () => {
    const { executor, jobs } = countingExecutor();
    const [first] = columnsOf(book, ["deribit-portfolio"]);
    const positions = book.portfolio.positions.map((position, at) =>
      at === 5 ? { ...position, quantity: position.quantity + 1 } : position,
    );
    const other = { ...book, portfolio: { ...book.portfolio, positions } };
    const [second] = columnsOf(other, ["deribit-cross-portfolio"]);
    if (first === undefined || second === undefined) throw new Error("two columns");
    const together = await run([first, second], executor);
    expect(jobs).toHaveLength(2);
    const apart = await run(columnsOf(other, ["deribit-cross-portfolio"]));
    expect(amountsOf(together, 1)).toEqual(amountsOf(apart, 0));
  });
});
