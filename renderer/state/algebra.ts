import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Failure, Input, StoredSummary } from "../client/types.ts";
import { startJob } from "./jobs.ts";
import { libraryStore } from "./library.ts";
import { type Chosen, session, sourceOf } from "./session.ts";
import { createWork } from "./work.ts";

export type AlgebraRequest = Input<"what-if.algebra">;
export type NetOrGross = NonNullable<AlgebraRequest["positions"]>;
export type BalanceRule = NonNullable<AlgebraRequest["balances"]>;

/** One portfolio of the combination, as it is edited. */
export interface AlgebraTerm {
  readonly key: number;
  readonly portfolio: Chosen;
  /** 1 adds, −1 subtracts; absent while the field is empty. */
  readonly times: number | undefined;
  /** As typed, separated by commas; empty: all. */
  readonly accounts: string;
}

interface AlgebraChoices {
  readonly name: string;
  readonly positions: NetOrGross;
  readonly mergeAccounts: boolean;
  readonly balances: BalanceRule;
}

interface AlgebraState extends AlgebraChoices {
  readonly terms: readonly AlgebraTerm[];
  /** What was stored last, until something changes. */
  readonly saved: StoredSummary | undefined;
  readonly saveFailure: Failure | undefined;
  readonly saving: boolean;
  /** A new combination that begins with the book in use. */
  readonly start: () => void;
  readonly addTerm: () => void;
  readonly changeTerm: (key: number, change: Partial<Omit<AlgebraTerm, "key">>) => void;
  readonly removeTerm: (key: number) => void;
  readonly choose: (change: Partial<AlgebraChoices>) => void;
  readonly preview: () => Promise<void>;
  readonly save: () => Promise<void>;
  /** The stored combination becomes the book of the session. */
  readonly use: () => void;
}

/** Changes that come within this time are computed once. */
const settleMs = 150;
export const mostTerms = 20;

export const algebraWork = createWork("what-if.algebra", "library");

let lastKey = 0;
const termOf = (portfolio: Chosen): AlgebraTerm => {
  lastKey += 1;
  return { key: lastKey, portfolio, times: 1, accounts: "" };
};

const initial: AlgebraChoices = { name: "", positions: "net", mergeAccounts: false, balances: "scale" };

export const algebraStore = createStore<AlgebraState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const change = (now: Partial<AlgebraState>): void => {
    set({ ...now, saved: undefined, saveFailure: undefined });
    algebraWork.getState().outdate();
    clearTimeout(timer);
    timer = setTimeout(() => void get().preview(), settleMs);
  };
  return {
    ...initial,
    terms: [],
    saved: undefined,
    saveFailure: undefined,
    saving: false,
    start: () => {
      algebraWork.getState().clear();
      const first = session.getState().portfolio ?? { sample: true };
      change({ ...initial, terms: [termOf(first), termOf(otherThan(first))] });
    },
    addTerm: () => {
      const { terms } = get();
      if (terms.length < mostTerms) change({ terms: [...terms, termOf(terms.at(-1)?.portfolio ?? { sample: true })] });
    },
    changeTerm: (key, now) =>
      change({ terms: get().terms.map((term) => (term.key === key ? { ...term, ...now } : term)) }),
    removeTerm: (key) => change({ terms: get().terms.filter((term) => term.key !== key) }),
    choose: (now) => {
      // A name changes nothing of what is held.
      if (Object.keys(now).every((field) => field === "name"))
        set({ ...now, saved: undefined, saveFailure: undefined });
      else change(now);
    },
    preview: async () => {
      clearTimeout(timer);
      const request = algebraRequestOf(get());
      if (request) await algebraWork.getState().run(request, "Combination of portfolios");
      else algebraWork.getState().clear();
    },
    save: async () => {
      const request = algebraRequestOf(get());
      if (!request || get().saving) return;
      set({ saving: true, saveFailure: undefined });
      const answer = await startJob("what-if.save-algebra", request, { label: `Save ${request.name}` }).result;
      if (answer.ok) set({ saving: false, saved: answer.value.saved });
      else set({ saving: false, saveFailure: answer.failure });
      if (answer.ok) await libraryStore.getState().refresh();
    },
    use: () => {
      const { saved } = get();
      if (saved) session.getState().choosePortfolio({ id: saved.id, name: saved.name });
    },
  };
});

export const useAlgebra = <T>(select: (state: AlgebraState) => T): T => useStore(algebraStore, select);

/** What is asked of the engine; absent while a factor is missing or there is no term. */
export function algebraRequestOf(state: AlgebraChoices & Pick<AlgebraState, "terms">): AlgebraRequest | undefined {
  const { positions, mergeAccounts, balances } = state;
  const terms = state.terms.flatMap(({ portfolio, times, accounts }) => {
    const names = [...new Set(accounts.split(",").map((name) => name.trim()))].filter((name) => name !== "");
    return times === undefined
      ? []
      : { portfolio: sourceOf(portfolio), times, ...(names.length > 0 && { accounts: names }) };
  });
  if (terms.length === 0 || terms.length < state.terms.length) return undefined;
  return { terms, name: state.name.trim() || "Combined portfolio", positions, mergeAccounts, balances };
}

/** The first stored portfolio that is not the one given: the sample beside none. */
function otherThan(first: Chosen): Chosen {
  const other = libraryStore.getState().portfolios.find(({ id }) => !("id" in first && first.id === id));
  return other ? { id: other.id, name: other.name } : { sample: true };
}
