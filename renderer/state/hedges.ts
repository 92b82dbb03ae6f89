import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { CandidateMeasure, HedgeProposal, RankedCandidate, UnwindPlan } from "../client/what-if.ts";
import { requestOf, session } from "./session.ts";
import { askedLegs, stressChoice, whatIfScenarios, whatIfStore } from "./what-if.ts";
import { createWork, outdateWithMargin } from "./work.ts";

/** Where proposals come from: every quoted contract alone, one optimised plan, or closing the book itself. */
export type HedgeSource = "contracts" | "plan" | "unwind";

interface HedgesState {
  readonly source: HedgeSource;
  readonly measure: CandidateMeasure;
  /** Size of every candidate, USD at the index. */
  readonly notionalUsd: number;
  readonly kinds: readonly ("future" | "perpetual" | "option")[];
  /** Of the unwind: days, and the share of each day's volume that may be traded. */
  readonly days: number;
  readonly participation: number;
  /** Of the plan: most it may lose in any scenario of the ticket's stress sets, USD; absent: not bounded. */
  readonly mostLossUsd: number | undefined;
  readonly choose: (change: Partial<Choices>) => void;
  readonly compute: () => Promise<void>;
  readonly acceptCandidate: (candidate: RankedCandidate) => void;
  /** The trades of one day of an unwind. */
  readonly acceptDay: (plan: UnwindPlan, day: number) => void;
  readonly acceptPlan: (proposal: HedgeProposal) => void;
}

type Choices = Pick<
  HedgesState,
  "source" | "measure" | "notionalUsd" | "kinds" | "days" | "participation" | "mostLossUsd"
>;

export const candidatesWork = createWork("what-if.candidates", "hedges");
export const planWork = createWork("hedge.propose", "hedges");
export const unwindWork = createWork("hedge.unwind", "hedges");
outdateWithMargin(candidatesWork);
outdateWithMargin(planWork);
outdateWithMargin(unwindWork);

/** Contracts tried on both sides. */
const mostContracts = 60;

export const hedgesStore = createStore<HedgesState>()((set, get) => ({
  source: "contracts",
  measure: "margin-relief",
  notionalUsd: 100_000,
  kinds: ["future", "perpetual", "option"],
  days: 5,
  participation: 0.1,
  mostLossUsd: undefined,
  choose: (change) => {
    set(change);
    if (change.days !== undefined || change.participation !== undefined) unwindWork.getState().outdate();
    if (change.measure !== undefined || change.notionalUsd !== undefined || change.kinds !== undefined)
      candidatesWork.getState().outdate();
    if ("mostLossUsd" in change) planWork.getState().outdate();
  },
  compute: async () => {
    const own = requestOf(session.getState());
    if (!own) return;
    const { source, measure, notionalUsd, kinds } = get();
    const ticket = whatIfStore.getState();
    const stress = await stressChoice(ticket);
    const legs = askedLegs(ticket.legs);
    const asked = { ...own, legs, ...(stress && { stress }) };
    if (source === "unwind") {
      const { days, participation } = get();
      await unwindWork.getState().run({ ...asked, days, participation }, `Unwind, ${own.methodology}`);
      return;
    }
    if (source === "plan") {
      const { mostLossUsd } = get();
      const limits =
        stress === undefined || mostLossUsd === undefined
          ? []
          : [{ measure: "stress-loss" as const, most: mostLossUsd }];
      await planWork.getState().run({ ...asked, limits }, `Hedge plan, ${own.methodology}`);
      return;
    }
    const candidates = { from: "market" as const, kinds: [...kinds], notionalUsd, most: mostContracts };
    const scenarios = [...whatIfScenarios];
    await candidatesWork.getState().run({ ...asked, scenarios, candidates, measure }, `Hedges, ${own.methodology}`);
  },
  acceptCandidate: ({ label, legs }) => {
    whatIfStore.getState().addAll(
      legs.map(({ symbol, venue, quantity }) => ({ symbol, venue, quantity, quantityUnit: unitOf(symbol) })),
      label,
    );
  },
  acceptDay: ({ days, positions }, day) => {
    const units = new Map(positions.map(({ symbol, quantityUnit }) => [symbol, quantityUnit]));
    const trades = days.find((one) => one.day === day)?.trades ?? [];
    whatIfStore.getState().addAll(
      trades.map(({ symbol, quantity }) => ({ symbol, venue: "", quantity, quantityUnit: units.get(symbol) ?? "" })),
      `day ${day} of the unwind`,
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

// What is asked under stress follows the ticket.
whatIfStore.subscribe((now, before) => {
  if (now.stress === before.stress && now.stressMode === before.stressMode && now.stressScale === before.stressScale)
    return;
  for (const work of [candidatesWork, planWork, unwindWork]) work.getState().outdate();
});

export const useHedges = <T>(select: (state: HedgesState) => T): T => useStore(hedgesStore, select);

/** The unit a position in a contract counts in, as far as the ticket knows; corrected by the computed ticket. */
function unitOf(symbol: string): string {
  const held = session.getState().result?.positions.find((position) => position.symbol === symbol);
  return held?.quantityUnit ?? "";
}
