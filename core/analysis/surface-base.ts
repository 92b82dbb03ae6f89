import { type Result, success } from "../base/index.ts";
import { type BuiltBook, buildBook, type MarginRun, remarksOf, underRules } from "../margin/index.ts";
import type { Book, Charge, MethodologyUnderRules } from "../methodology/index.ts";
import type { Portfolio } from "../portfolio/index.ts";

/** What every surface of one book under one set of rules starts from, whatever its axes. */
export interface SurfaceBase {
  readonly under: MethodologyUnderRules;
  readonly built: BuiltBook;
  readonly remarks: ReturnType<typeof remarksOf>;
  /** Whether some account has a margin balance, and so the surface a headroom. */
  readonly hasBalance: boolean;
}

interface Known {
  readonly inputs: readonly unknown[];
  readonly key: string;
  readonly base: SurfaceBase;
}

/** Bases kept for a portfolio: before and after an edit, under a method or two. */
const mostKept = 4;

const latest = new WeakMap<Portfolio, readonly Known[]>();

/**
 * The base of a surface. The latest of each portfolio are kept: a control that moves the axes asks for the same base many
 * times, and threads that hold its book already are not sent it again.
 *
 * @param chargeNow the charge at the unshocked market, whose remarks count; its positions may be added up
 * @returns failures as in `runMargin`
 */
export function surfaceBase(
  run: Omit<MarginRun, "standAlone" | "work">,
  chargeNow: (book: Book, methodology: MethodologyUnderRules) => Charge,
): Result<SurfaceBase> {
  const { methodology, rules, portfolio, market, history, parameterFile, edits, legs, components, balances } = run;
  const inputs = [market, history, parameterFile, methodology, rules.parameters];
  const key = JSON.stringify([rules.version, rules.overrides, edits ?? [], legs ?? [], components, balances]);
  const kept = latest.get(portfolio) ?? [];
  const known = kept.find((one) => one.key === key && one.inputs.every((input, at) => input === inputs[at]));
  if (known !== undefined) {
    latest.set(portfolio, [known, ...kept.filter((one) => one !== known)]);
    return success(known.base);
  }
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const built = buildBook({ ...run, methodology: under.value });
  if (!built.ok) return built;
  const charge = chargeNow(built.value.book, under.value);
  const base = {
    under: under.value,
    built: built.value,
    remarks: remarksOf({ charge, rules, built: built.value, market }),
    hasBalance: charge.accounts.some(({ marginBalance }) => marginBalance !== undefined),
  };
  latest.set(portfolio, [{ inputs, key, base }, ...kept.slice(0, mostKept - 1)]);
  return success(base);
}
