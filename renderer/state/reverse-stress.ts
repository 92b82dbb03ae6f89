import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { StressCovariance, StressGoal } from "../client/stress.ts";
import type { Input } from "../client/types.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin, type WorkStore } from "./work.ts";

export type GoalKind = StressGoal["kind"];

/** A covariance that the user states: deviations of logarithmic moves, and their correlation. */
export interface StatedCovariance {
  readonly factors: readonly { readonly factor: string; readonly deviation: number }[];
  readonly correlation: readonly (readonly number[])[];
}

interface ReverseStressState {
  readonly goal: GoalKind;
  /** Of the goal `loss`, USD; > 0. */
  readonly lossUsd: number;
  readonly horizonDays: number;
  readonly mostDeviations: number;
  readonly solutions: number;
  /** Absent: from the history of the session, or the sample's. */
  readonly stated: StatedCovariance | undefined;
  /** Place of the solution that is read. */
  readonly selected: number;
  readonly choose: (
    change: Partial<
      Pick<ReverseStressState, "goal" | "lossUsd" | "horizonDays" | "mostDeviations" | "solutions" | "stated">
    >,
  ) => void;
  readonly select: (place: number) => void;
  readonly find: () => Promise<void>;
  /** Deviations that each factor is pushed. */
  readonly pushed: number;
  readonly push: (deviations: number) => Promise<void>;
}

/** A panel of reverse stress: its choice, the moves it found and the factors it pushed. */
interface ReversePanel {
  readonly store: StoreApi<ReverseStressState>;
  readonly work: WorkStore<"stress.reverse">;
  readonly push: WorkStore<"stress.push">;
}

const createReverseStore = (reverseWork: ReversePanel["work"], pushWork: ReversePanel["push"]) =>
  createStore<ReverseStressState>()((set, get) => ({
    goal: "maintenance",
    lossUsd: 1_000_000,
    horizonDays: 1,
    mostDeviations: 10,
    solutions: 5,
    stated: undefined,
    selected: 0,
    pushed: 3,
    choose: (change) => {
      set(change);
      const { input, value } = reverseWork.getState();
      // Back at what the answer was asked with, it is not stale.
      if (value && JSON.stringify(input) === JSON.stringify(requestNow(get())))
        reverseWork.setState({ state: "ready" });
      else reverseWork.getState().outdate();
      if ("horizonDays" in change || "stated" in change) pushWork.getState().outdate();
    },
    select: (selected) => set({ selected }),
    find: async () => {
      const request = requestNow(get());
      if (!request) return;
      const came = await reverseWork.getState().run(request, `Reverse stress, ${request.methodology}`);
      if (came) set({ selected: 0 });
    },
    push: async (pushed) => {
      set({ pushed });
      const request = requestOf(session.getState());
      if (!request) return;
      await pushWork
        .getState()
        .run({ ...request, covariance: covarianceOf(get()), push: pushed }, `Factor push, ${request.methodology}`);
    },
  }));

const panels = ownParts<ReversePanel>(
  "reverse-stress",
  (id) => {
    const [work, push] = [createWork("stress.reverse", id), createWork("stress.push", id)];
    outdateWithMargin(work);
    outdateWithMargin(push);
    return { store: createReverseStore(work, push), work, push };
  },
  (from, to) => {
    copyWork(from.work, to.work);
    copyWork(from.push, to.push);
  },
);

/** The search of one instance of the panel: duplicates ask for another goal beside the first. */
export const reversePanel = panels.of;
export const useReversePanel = panels.use;
export const { store: reverseStore, work: reverseWork, push: pushWork } = reversePanel();

export const useReverse = <T>(select: (state: ReverseStressState) => T): T => useStore(useReversePanel().store, select);

function requestNow(state: ReverseStressState): Input<"stress.reverse"> | undefined {
  const request = requestOf(session.getState());
  if (!request) return undefined;
  const { goal, lossUsd, mostDeviations, solutions } = state;
  return {
    ...request,
    goal: goal === "loss" ? { kind: "loss", amountUsd: lossUsd } : { kind: goal },
    ...{ covariance: covarianceOf(state), mostDeviations, solutions },
  };
}

function covarianceOf({ horizonDays, stated }: Pick<ReverseStressState, "horizonDays" | "stated">): StressCovariance {
  if (!stated) return { from: "history", horizonDays };
  return {
    ...{ from: "stated", horizonDays, factors: stated.factors.map((factor) => ({ ...factor })) },
    correlation: stated.correlation.map((row) => [...row]),
  };
}
