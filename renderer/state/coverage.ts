import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Coverage } from "../client/listed.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession } from "./work.ts";

/** Method of each half of a mixed book. */
export interface MixedMethods {
  readonly crypto: string | undefined;
  readonly listed: string | undefined;
}

interface CoverageState {
  /** Chosen by the user; absent: what margins the most positions. */
  readonly chosen: MixedMethods;
  readonly choose: (change: Partial<MixedMethods>) => void;
  readonly compute: () => Promise<void>;
}

export const coverageWork = createWork("margin.coverage", "coverage");
export const mixedWork = createWork("margin.mixed", "coverage");
outdateWithSession(coverageWork);
outdateWithSession(mixedWork);

export const coverageStore = createStore<CoverageState>()((set, get) => {
  const mix = async (): Promise<void> => {
    const coverage = coverageWork.getState().value;
    const own = requestOf(session.getState());
    if (!coverage || !own) return;
    const { crypto, listed } = mixedMethods(coverage, get().chosen, own.methodology);
    const parts = [
      ...(crypto === undefined ? [] : [{ methodology: crypto, contracts: "crypto" as const, overrides: [] }]),
      ...(listed === undefined ? [] : [{ methodology: listed, contracts: "listed" as const, overrides: [] }]),
    ];
    if (parts.length === 0) {
      mixedWork.getState().clear();
      return;
    }
    const { methodology: _methodology, rules: _rules, overrides: _overrides, ...inputs } = own;
    await mixedWork.getState().run({ ...inputs, parts }, "Mixed margin");
  };
  return {
    chosen: { crypto: undefined, listed: undefined },
    choose: (change) => {
      set(({ chosen }) => ({ chosen: { ...chosen, ...change } }));
      void mix();
    },
    compute: async () => {
      const own = requestOf(session.getState());
      if (!own) return;
      const { portfolio, market, parameterFile, history } = own;
      const request = { portfolio, market, ...(parameterFile && { parameterFile }), ...(history && { history }) };
      if (await coverageWork.getState().run(request, "Methods that margin each position")) await mix();
    },
  };
});

export const useCoverage = <T>(select: (state: CoverageState) => T): T => useStore(coverageStore, select);

/** Methods of one half of the book by how many of its positions they margin, the most first. */
export function methodsFor(
  { positions, methods }: Coverage,
  listed: boolean,
): { readonly id: string; readonly title: string; readonly count: number }[] {
  const held = positions.filter((position) => position.listed === listed);
  return methods
    .map(({ id, title }) => ({ id, title, count: held.filter(({ by }) => by.includes(id)).length }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
}

/** The user's choice, else the session's own method where it margins as many as any, else the one that margins the most. */
export function mixedMethods(coverage: Coverage, chosen: MixedMethods, own: string): MixedMethods {
  const pick = (listed: boolean, given: string | undefined): string | undefined => {
    const methods = methodsFor(coverage, listed);
    if (given !== undefined && methods.some(({ id }) => id === given)) return given;
    const best = methods.filter(({ count }) => count === methods[0]?.count);
    return (best.find(({ id }) => id === own) ?? best[0])?.id;
  };
  return { crypto: pick(false, chosen.crypto), listed: pick(true, chosen.listed) };
}
