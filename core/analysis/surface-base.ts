import { type Result, success } from "../base/index.ts";
import type { History } from "../history/index.ts";
import { type BuiltBook, buildBook, type MarginRun, remarksOf, underRules } from "../margin/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { MethodologyUnderRules } from "../methodology/index.ts";
import type { Portfolio } from "../portfolio/index.ts";
import type { RevaluationKernel } from "../revaluation/index.ts";
import { pointCubes } from "./point-cubes.ts";
import { holdingsOf, shockedBook } from "./shocked-book.ts";
import { chargeAt } from "./surface-point.ts";

/** What every surface of one book under one set of rules starts from, whatever its axes. */
export interface SurfaceBase {
  readonly under: MethodologyUnderRules;
  readonly built: BuiltBook;
  readonly remarks: ReturnType<typeof remarksOf>;
  /** Whether some account has a margin balance, and so the surface a headroom. */
  readonly hasBalance: boolean;
}

interface Known {
  readonly market: MarketSnapshot;
  readonly history: History | undefined;
  readonly key: string;
  readonly base: SurfaceBase;
}

const latest = new WeakMap<Portfolio, Known>();

/**
 * The base of a surface. The latest of each portfolio is kept: a control that moves the axes asks for the same base many
 * times, and threads that hold its book already are not sent it again.
 *
 * @returns failures as in `runMargin`
 */
export function surfaceBase(
  run: Omit<MarginRun, "standAlone" | "work">,
  kernel: RevaluationKernel,
): Result<SurfaceBase> {
  const { methodology, rules, portfolio, market, history, edits, components, balances } = run;
  const key = JSON.stringify([methodology.id, rules, kernel.name, edits, components, balances]);
  const known = latest.get(portfolio);
  if (known?.market === market && known.history === history && known.key === key) return success(known.base);
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const { book } = built.value;
  const holdings = holdingsOf(book);
  const now = shockedBook(book, holdings, { priceMove: 0 }, new Float64Array(holdings.instruments.length));
  const charge = chargeAt(now, under.value, pointCubes(holdings.instruments, kernel), true);
  const base = {
    under: under.value,
    built: built.value,
    remarks: remarksOf({ charge, rules, built: built.value, market }),
    hasBalance: charge.accounts.some(({ marginBalance }) => marginBalance !== undefined),
  };
  latest.set(portfolio, { market, history, key, base });
  return success(base);
}
