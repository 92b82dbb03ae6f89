import {
  type MarginSurface,
  marginSurface,
  type SurfaceAxes,
  type SurfaceRun,
  surfaceBorders,
  surfaceDifference,
} from "../../analysis/index.ts";
import { type Failure, type Result, success, type Work } from "../../base/index.ts";
import { mappedBook } from "../../explain/index.ts";
import { effectivePortfolio } from "../../margin/index.ts";
import type { ParsedMarginRequest } from "../contract.ts";
import type { Ports } from "../ports.ts";
import type { ServicePart } from "./part.ts";
import { type PreparedRun, preparedRun } from "./prepared-run.ts";
import type { Sources } from "./source.ts";

/** Margin surfaces: coarse first, as a partial value, then fine; differences of two; borders of their regions. */
export function surface(ports: Ports, sources: Sources): ServicePart<"surface"> {
  const runOf = async ({ map, ...request }: SurfaceRequest, work: Work): Promise<Result<Omit<SurfaceRun, "axes">>> => {
    const prepared = await preparedRun(request, ports, sources, work);
    if (!prepared.ok) return prepared;
    const { methodology, rules, history, parameterFile } = prepared.value;
    const held = map ? mappedRun(prepared.value) : success(prepared.value);
    if (!held.ok) return held;
    const { portfolio, market, changes } = held.value;
    const { executor } = ports;
    return success({
      ...{ portfolio, market, methodology, rules, ...changes, work },
      ...(history === undefined ? {} : { history }),
      ...(parameterFile === undefined ? {} : { parameterFile }),
      ...(executor === undefined ? {} : { executor }),
    });
  };
  return {
    "surface.run": async ({ axes, stage, ...request }, work) => {
      const run = await runOf(request, work);
      return run.ok ? marginSurface({ ...run.value, axes, stage, onCoarse: work.partial }) : run;
    },
    "surface.difference": async ({ a, b, axes }, work) => {
      const { days: daysA, ...requestA } = a;
      const { days: daysB, ...requestB } = b;
      const runs = [await runOf(requestA, work), await runOf(requestB, work)] as const;
      const [runA, runB] = runs;
      if (!runA.ok) return onSide("A", runA);
      if (!runB.ok) return onSide("B", runB);
      // The coarse difference needs both coarse surfaces, so the sides are computed together.
      const coarse: { a?: MarginSurface; b?: MarginSurface } = {};
      const cameCoarse = (side: "a" | "b") => (partial: MarginSurface) => {
        coarse[side] = partial;
        const both = coarse.a && coarse.b && surfaceDifference(coarse.a, coarse.b);
        if (both?.ok) work.partial(both.value);
      };
      const axesOf = (days: number | undefined): SurfaceAxes => (days === undefined ? axes : { ...axes, days: [days] });
      const halves = halfProgress(work);
      const [surfaceA, surfaceB] = await Promise.all([
        marginSurface({ ...runA.value, work: halves[0], axes: axesOf(daysA), onCoarse: cameCoarse("a") }),
        marginSurface({ ...runB.value, work: halves[1], axes: axesOf(daysB), onCoarse: cameCoarse("b") }),
      ]);
      if (!surfaceA.ok) return onSide("A", surfaceA);
      if (!surfaceB.ok) return onSide("B", surfaceB);
      return surfaceDifference(surfaceA.value, surfaceB.value);
    },
    "surface.borders": async ({ axes, by, tolerance, ...request }, work) => {
      const run = await runOf(request, work);
      return run.ok ? surfaceBorders({ ...run.value, axes, by, tolerance }) : run;
    },
  };
}

type SurfaceRequest = ParsedMarginRequest & { readonly map: boolean };

/** A failure says which side it is of. */
function onSide(side: "A" | "B", { failure }: { readonly failure: Failure }): Result<never> {
  if (failure.reason === "cancelled") return { ok: false, failure };
  return { ok: false, failure: { ...failure, message: `surface ${side}: ${failure.message}` } };
}

/** Progress of two works of one size as one. */
function halfProgress(work: Work): readonly [Work, Work] {
  const done = [0, 0];
  const half = (at: 0 | 1): Work => ({
    ...work,
    progress(count, total, label) {
      done[at] = count;
      work.progress((done[0] ?? 0) + (done[1] ?? 0), 2 * total, label);
    },
  });
  return [half(0), half(1)];
}

/** The run in the contracts of the method's venue; legs are traded in those they name before. */
function mappedRun(run: PreparedRun): Result<Pick<PreparedRun, "portfolio" | "market" | "changes">> {
  const { changes, methodology } = run;
  const effective = changes.legs.length === 0 ? undefined : effectivePortfolio(run.portfolio, changes);
  if (effective?.ok === false) return effective;
  const traded = effective === undefined ? run.portfolio : { ...run.portfolio, ...effective.value };
  const { portfolio, market } = mappedBook(traded, run.market, methodology.venue);
  if (effective !== undefined)
    return success({ portfolio, market, changes: { edits: [], components: [], balances: [], legs: [] } });
  const held = new Set<string>(portfolio.positions.map(({ id }) => id));
  const edits = changes.edits.filter(({ positionId }) => held.has(positionId));
  return success({ portfolio, market, changes: { ...changes, edits } });
}
