import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { ChangeAverage, ChangeSide, Requirement } from "../client/attribution.ts";
import type { MarginRequest } from "../client/types.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { type Chosen, requestOf, type StoredChoice, session, sourceOf } from "./session.ts";
import { createWork, outdateWithMargin, type WorkStore } from "./work.ts";

/** What today is held against. */
export type ChangeFrom =
  /** A stored run, with its own method and rules. */
  | { readonly kind: "run"; readonly run: StoredChoice }
  /** Another book and market under the session's method. */
  | { readonly kind: "book"; readonly portfolio: Chosen | undefined; readonly market: Chosen | undefined }
  /** The session as it was when it was pinned. */
  | { readonly kind: "pinned"; readonly label: string; readonly request: MarginRequest };

interface ChangeState {
  readonly from: ChangeFrom | undefined;
  readonly requirement: Requirement;
  readonly average: ChangeAverage;
  readonly choose: (change: Partial<Pick<ChangeState, "from" | "requirement" | "average">>) => void;
  /** Keeps the session as it is now as the earlier side. */
  readonly pin: () => void;
  readonly compute: () => Promise<void>;
}

/** A panel that explains a change: its earlier side and its answer. */
interface ChangePanel {
  readonly store: StoreApi<ChangeState>;
  readonly work: WorkStore<"change.explain">;
}

const createChangeStore = (changeWork: ChangePanel["work"]) =>
  createStore<ChangeState>()((set, get) => ({
    from: undefined,
    requirement: "initial",
    average: "both-orders",
    choose: (change) => {
      set(change);
      changeWork.getState().outdate();
      if (sideOf(get().from)) void get().compute();
    },
    pin: () => {
      const request = requestOf(session.getState());
      const { result } = session.getState();
      if (!request || !result) return;
      const label = `${result.portfolioName} at ${result.marketName}, ${result.methodology.id} ${result.rules.version}`;
      set({ from: { kind: "pinned", label, request } });
      changeWork.getState().clear();
    },
    compute: async () => {
      const { from, requirement, average } = get();
      const earlier = sideOf(from);
      const request = requestOf(session.getState());
      if (!earlier || !request) return;
      await changeWork.getState().run({ from: earlier, to: { request }, requirement, average }, "Explain the change");
    },
  }));

const panels = ownParts<ChangePanel>(
  "change",
  (id) => {
    const work = createWork("change.explain", id);
    outdateWithMargin(work);
    return { store: createChangeStore(work), work };
  },
  (from, to) => copyWork(from.work, to.work),
);

/** The explanation of one instance of the panel: duplicates hold the present against other earlier sides. */
export const changePanel = panels.of;
export const useChangePanel = panels.use;

export const useChange = <T>(select: (state: ChangeState) => T): T => useStore(useChangePanel().store, select);

/** The earlier side as a request; `undefined` while something of it is not chosen. */
export function sideOf(from: ChangeFrom | undefined): ChangeSide | undefined {
  switch (from?.kind) {
    case undefined:
      return undefined;
    case "run":
      return { run: from.run.id };
    case "pinned":
      return { request: from.request };
    case "book": {
      const own = requestOf(session.getState());
      if (!own || !from.portfolio || !from.market) return undefined;
      const { edits: _e, components: _c, balances: _b, ...inputs } = own;
      return { request: { ...inputs, portfolio: sourceOf(from.portfolio), market: sourceOf(from.market) } };
    }
  }
}
