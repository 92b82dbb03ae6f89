import { type Result, success } from "../base/index.ts";
import type { Book, Charge, MethodologyUnderRules } from "../methodology/index.ts";
import { type RevaluationKernel, runKernel } from "../revaluation/index.ts";
import { buildBook } from "./build-book.ts";
import type { Totals } from "./margin-result.ts";
import { type MarginRun, revalued } from "./run-margin.ts";
import { sharedCubes } from "./shared-cubes.ts";
import { totalsOf } from "./totals.ts";
import { underRules } from "./under-rules.ts";

/** The amounts of a margin run without their explanation. */
export interface MarginTotals {
  readonly methodology: string;
  readonly version: string;
  readonly totals: Totals;
  /** Positions that are not in the totals. */
  readonly excluded: number;
  readonly kernel: string;
}

/**
 * The totals of `runMargin`, bit for bit, without lines of single positions, remarks and hashes: what a what-if needs
 * while the user still moves a control. After the first run of a book a changed quantity costs aggregation only.
 *
 * @returns the totals; failures as in `runMargin`
 */
export function marginTotals(run: Omit<MarginRun, "standAlone" | "work">): Result<MarginTotals> {
  const { methodology, rules } = run;
  const kernel: RevaluationKernel = run.kernel ?? runKernel();
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book, excluded } = built.value;
  const { accounts } = chargeOfAmounts(book, under.value, kernel);
  return success({
    methodology: methodology.id,
    version: rules.version,
    totals: totalsOf(accounts),
    excluded: excluded.length,
    kernel: kernel.name,
  });
}

/**
 * The charge of `runMargin`, its amounts bit for bit, without lines of single positions. The cubes of the latest book under
 * the methodology are taken again where it holds the same instruments.
 */
export function chargeOfAmounts(book: Book, methodology: MethodologyUnderRules, kernel: RevaluationKernel): Charge {
  return methodology.charge(book, revalued(sharedCubes(book, methodology, kernel), false, true));
}
