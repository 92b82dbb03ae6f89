import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { InsuranceInput } from "../client/insurance.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { session } from "./session.ts";
import { createWork, type WorkStore } from "./work.ts";

export type InsuranceKind = "protective-put" | "collar" | "option-based" | "cppi" | "tipp" | "bands";

/** What the panel asks with: one underlying, one horizon. Fractions and years. */
export interface InsuranceFigures {
  readonly spot: number;
  readonly days: number;
  readonly volatility: number;
  /** Units of underlying. */
  readonly quantity: number;
  /** Floor as a part of the spot price, or of the wealth. */
  readonly floor: number;
  readonly multiple: number;
  /** Proportional cost of trading. */
  readonly cost: number;
}

interface InsuranceState extends InsuranceFigures {
  readonly kind: InsuranceKind;
  readonly inCoin: boolean;
  /** Price or volatility are the user's, not the session's. */
  readonly stated: boolean;
  readonly choose: (change: Partial<InsuranceFigures & Pick<InsuranceState, "kind" | "inCoin">>) => void;
  /** Price and volatility of the session's first underlying, until the user states them. */
  readonly followSession: () => void;
  readonly compute: () => Promise<void>;
}

/** A panel of an insurance: its strategy and figures, and the two kinds of answers. */
interface InsurancePanel {
  readonly store: StoreApi<InsuranceState>;
  readonly insuranceWork: WorkStore<"hedge.insure">;
  readonly bandsWork: WorkStore<"hedge.bands">;
}

const daysPerYear = 365;
const paths = 2000;
/** Steps of the rules that are compared. */
const bandSteps = 60;

const createInsuranceStore = ({ insuranceWork, bandsWork }: Omit<InsurancePanel, "store">) =>
  createStore<InsuranceState>()((set, get) => ({
    ...{ kind: "collar", inCoin: false, stated: false, spot: 100, days: 90, volatility: 0.6, quantity: 1 },
    ...{ floor: 0.9, multiple: 3, cost: 0.001 },
    choose: (change) => {
      const stated = change.spot !== undefined || change.volatility !== undefined;
      set({ ...change, ...(stated && { stated }) });
      void get().compute();
    },
    followSession: () => {
      const held = session.getState().result?.positions ?? [];
      const option = held.find(({ kind }) => kind === "option");
      const first = option ?? held[0];
      if (get().stated || first === undefined) return;
      const { index, volatility } = first.terms;
      set({
        spot: Number(index.toPrecision(6)),
        ...(volatility > 0 ? { volatility: Number(volatility.toFixed(4)) } : {}),
      });
    },
    compute: async () => {
      const { kind, spot, days, volatility, cost } = get();
      const years = days / daysPerYear;
      if (kind === "bands") {
        const rule = { spot, strike: spot, years, volatility, proportionalCost: cost, riskAversion: 100 / spot };
        await bandsWork.getState().run({ ...rule, steps: bandSteps, paths }, "Rules of delta hedging");
        return;
      }
      const terms = { from: "stated" as const, spot, years, smile: [{ strike: spot, volatility }] };
      await insuranceWork.getState().run({ terms, strategy: strategyOf(get(), kind) }, "Insurance");
    },
  }));

const panels = ownParts<InsurancePanel>(
  "insurance",
  (id) => {
    const works = { insuranceWork: createWork("hedge.insure", id), bandsWork: createWork("hedge.bands", id) };
    return { ...works, store: createInsuranceStore(works) };
  },
  (from, to) => {
    copyWork(from.insuranceWork, to.insuranceWork);
    copyWork(from.bandsWork, to.bandsWork);
  },
);

/** The insurance of one instance of the panel: duplicates hold other strategies or floors beside the first. */
export const insurancePanel = panels.of;
export const useInsurancePanel = panels.use;

export const useInsurance = <T>(select: (state: InsuranceState) => T): T => useStore(useInsurancePanel().store, select);

function strategyOf(
  { spot, quantity, floor, multiple, inCoin, days }: InsuranceState,
  kind: Exclude<InsuranceKind, "bands">,
): InsuranceInput["strategy"] {
  const wealth = quantity * spot;
  switch (kind) {
    case "protective-put":
      return { kind, quantity, strike: floor * spot, inCoin };
    case "collar":
      return { kind, quantity, putStrike: floor * spot };
    case "option-based":
      return { kind, wealth, floor: floor * wealth };
    default:
      return {
        kind,
        wealth,
        floor: floor * wealth,
        multiple,
        ratchet: floor,
        steps: Math.max(1, Math.round(days)),
        paths,
      };
  }
}
