import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { CandidateMeasure, HedgeProposal, RankedCandidate } from "../client/what-if.ts";
import { requestOf, session } from "./session.ts";
import { askedLegs, whatIfStore } from "./what-if.ts";
import { createWork, outdateWithMargin } from "./work.ts";

/** Where proposals come from: every quoted contract alone, or one optimised plan. */
export type HedgeSource = "contracts" | "plan";

interface HedgesState {
  readonly source: HedgeSource;
  readonly measure: CandidateMeasure;
  /** Size of every candidate, USD at the index. */
  readonly notionalUsd: number;
  readonly kinds: readonly ("future" | "perpetual" | "option")[];
  readonly choose: (change: Partial<Pick<HedgesState, "source" | "measure" | "notionalUsd" | "kinds">>) => void;
  readonly compute: () => Promise<void>;
  readonly acceptCandidate: (candidate: RankedCandidate) => void;
  readonly acceptPlan: (proposal: HedgeProposal) => void;
}

export const candidatesWork = createWork("what-if.candidates", "hedges");
export const planWork = createWork("hedge.propose", "hedges");
outdateWithMargin(candidatesWork);
outdateWithMargin(planWork);

/** Contracts tried on both sides. */
const mostContracts = 60;

export const hedgesStore = createStore<HedgesState>()((set, get) => ({
  source: "contracts",
  measure: "margin-relief",
  notionalUsd: 100_000,
  kinds: ["future", "perpetual", "option"],
  choose: (change) => {
    set(change);
    if (change.measure !== undefined || change.notionalUsd !== undefined || change.kinds !== undefined)
      candidatesWork.getState().outdate();
  },
  compute: async () => {
    const own = requestOf(session.getState());
    if (!own) return;
    const { source, measure, notionalUsd, kinds } = get();
    const legs = askedLegs(whatIfStore.getState().legs);
    if (source === "plan") {
      await planWork.getState().run({ ...own, legs }, `Hedge plan, ${own.methodology}`);
      return;
    }
    const candidates = { from: "market" as const, kinds: [...kinds], notionalUsd, most: mostContracts };
    await candidatesWork.getState().run({ ...own, legs, candidates, measure }, `Hedges, ${own.methodology}`);
  },
  acceptCandidate: ({ label, legs }) => {
    whatIfStore.getState().addAll(
      legs.map(({ symbol, venue, quantity }) => ({ symbol, venue, quantity, quantityUnit: unitOf(symbol) })),
      label,
    );
  },
  acceptPlan: ({ exact, inLots, candidates }) => {
    const { trades } = inLots ?? exact;
    whatIfStore.getState().addAll(
      trades.map(({ symbol, quantity, quantityUnit }) => ({ symbol, venue: "", quantity, quantityUnit })),
      `hedge plan of ${candidates.length} candidates`,
    );
  },
}));

export const useHedges = <T>(select: (state: HedgesState) => T): T => useStore(hedgesStore, select);

/** The unit a position in a contract counts in, as far as the ticket knows; corrected by the computed ticket. */
function unitOf(symbol: string): string {
  const held = session.getState().result?.positions.find((position) => position.symbol === symbol);
  return held?.quantityUnit ?? "";
}
