import { failed, finishWithPauses, type Result, success, unwatched } from "../../base/index.ts";
import type { MarginRun } from "../../margin/index.ts";
import { movedRun, type StressMarks } from "../reverse-stress/moved-run.ts";
import { type Kink, type KinkAxis, type KinkDirection, type KinkSettings, nextKinks } from "./next-kinks.ts";

export interface KinkDistanceRun extends Omit<MarginRun, "standAlone"> {
  /** Default: price and volatility of all underlyings together, the price of each when there are several, size, time. */
  readonly axes?: readonly KinkAxis[];
  readonly settings: KinkSettings;
}

export interface KinkDistance extends StressMarks {
  readonly directions: readonly KinkDirection[];
  readonly settings: KinkSettings;
  readonly now: Pick<Kink, "initialUsd" | "maintenanceUsd" | "marginBalanceUsd">;
}

/** Underlyings whose prices are moved one by one when no axes are named. */
const mostUnderlyings = 10;

/**
 * Distance of a portfolio's margin to its next kinks: calls, liquidation, another binding scenario, tiers, floors, charges, expiries; along price,
 * volatility, size and time. Margin is recomputed at every place, so it serves every methodology.
 *
 * @param run what `runMargin` takes, with axes and settings
 * @returns failures as in `runMargin`; `invalid-input` for an axis outside its bounds; `cancelled`
 */
export async function runKinkDistance(run: KinkDistanceRun): Promise<Result<KinkDistance>> {
  const { settings, work = unwatched } = run;
  const base = movedRun(run);
  if (!base.ok) return base;
  const { mover, marks, totals } = base.value;
  const names = mover.underlyings.map(({ underlying }) => underlying);
  const axes =
    run.axes ??
    defaultAxes(
      names,
      mover.underlyings.some(({ hasOptions }) => hasOptions),
    );
  const wrong = axes.map((axis) => axisProblem(axis, names)).find((problem) => problem !== undefined);
  if (wrong !== undefined) return failed("invalid-input", wrong, "axes");
  const directions: KinkDirection[] = [];
  for (const [at, axis] of axes.entries()) {
    work.progress(at, axes.length, "axes");
    const found = await finishWithPauses(nextKinks(mover, axis, settings), work);
    if (!found.ok) return found;
    directions.push(...found.value);
  }
  work.progress(axes.length, axes.length, "axes");
  const { initialUsd, maintenanceUsd, marginBalanceUsd } = totals;
  const now = { initialUsd, maintenanceUsd, ...(marginBalanceUsd === undefined ? {} : { marginBalanceUsd }) };
  return success({ ...marks, directions, settings, now });
}

function defaultAxes(underlyings: readonly string[], hasOptions: boolean): readonly KinkAxis[] {
  const single = underlyings.length > 1 ? underlyings.slice(0, mostUnderlyings) : [];
  return [
    { kind: "price", from: -0.5, to: 0.5 },
    ...single.map((underlying): KinkAxis => ({ kind: "price", underlying, from: -0.5, to: 0.5 })),
    ...(hasOptions ? [{ kind: "volatility", from: -0.5, to: 1 } as const] : []),
    { kind: "size", from: -0.9, to: 4 },
    { kind: "time", from: 0, to: 30 },
  ];
}

function axisProblem({ kind, underlying, from, to }: KinkAxis, names: readonly string[]): string | undefined {
  if (!(Number.isFinite(from) && Number.isFinite(to))) return `the ${kind} axis needs finite ends`;
  if (underlying !== undefined && !names.includes(underlying))
    return `${underlying} does not move this portfolio; its underlyings are ${names.join(", ")}`;
  if (underlying !== undefined && (kind === "size" || kind === "time")) return `${kind} has no underlying of its own`;
  if (!(from <= 0 && to >= 0 && from < to))
    return `the ${kind} axis must hold 0 between its ends; found ${from} to ${to}`;
  if (kind === "time" && from < 0) return `time runs forwards; found ${from} days`;
  if (!(from > -1)) return `${kind} moves must be above -1; found ${from}`;
  return undefined;
}
