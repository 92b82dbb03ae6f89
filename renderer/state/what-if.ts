import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { StressMode } from "../client/stress.ts";
import type { Failure, StoredSummary } from "../client/types.ts";
import type { AskedLeg, MarketInstrument, WhatIfLimit, WhatIfRequest } from "../client/what-if.ts";
import { follower } from "./follow.ts";
import { libraryStore } from "./library.ts";
import { chosenName, requestOf, session } from "./session.ts";
import { sourceOfSet } from "./stress.ts";
import { stressSetsStore } from "./stress-sets.ts";
import { undoable } from "./undo.ts";
import { createWork, outdateWithMargin } from "./work.ts";

export type PriceBasis = "mark" | "stated" | "bid-ask";

/** A leg of the ticket, as it is edited. */
export interface TicketLeg {
  readonly key: number;
  readonly symbol: string;
  readonly venue: string;
  readonly quantityUnit: string;
  /** Signed, long > 0, in `quantityUnit`. */
  readonly quantity: number;
  readonly basis: PriceBasis;
  /** Used where the basis is `stated`; price unit of the instrument. */
  readonly price: number | undefined;
}

/** What is remembered of a what-if beside its limits. */
export interface Ticket {
  readonly legs: readonly TicketLeg[];
  /** Methods beside the session's own. */
  readonly methods: readonly string[];
  /** The legs as they were saved or loaded last. */
  readonly savedLegs: readonly TicketLeg[];
  /** A copy of the book made by hand has a name before it is saved. */
  readonly name: string;
  /** Ids of stress sets of the library whose scenarios are asked beside those of price and volatility. */
  readonly stress: readonly string[];
  /** How their scenarios are gone through; of a path the worst step counts. */
  readonly stressMode: StressMode;
  /** k of the mode `scaled`. */
  readonly stressScale: number;
}

interface WhatIfState extends Ticket {
  readonly limits: readonly WhatIfLimit[];
  readonly add: (instrument: Pick<MarketInstrument, "symbol" | "venue" | "quantityUnit">, quantity?: number) => void;
  /** Several legs at once, e.g. of a hedge. */
  readonly addAll: (legs: readonly Omit<TicketLeg, "key" | "basis" | "price">[], label: string) => void;
  readonly change: (key: number, change: Partial<Pick<TicketLeg, "quantity" | "basis" | "price">>) => void;
  readonly remove: (key: number) => void;
  readonly scale: (factor: number) => void;
  readonly flip: () => void;
  readonly clear: () => void;
  readonly setMethods: (methods: readonly string[]) => void;
  /** Limits are kept with the library. */
  readonly setLimits: (limits: readonly WhatIfLimit[]) => void;
  /** Ids of stress sets whose scenarios are asked beside those of price and volatility. */
  readonly setStress: (sets: readonly string[]) => void;
  readonly setStressMode: (mode: StressMode, scale: number) => void;
  readonly compute: () => Promise<void>;
  /** The book with its legs as a portfolio of its own. */
  readonly save: (name: string) => Promise<{ readonly saved: StoredSummary } | { readonly failure: Failure }>;
  /** A fresh ticket on a copy of the session's book. */
  readonly startCopy: () => void;
  /** Call in an effect of a panel: the result follows ticket and session; the returned function is the clean-up. */
  readonly watch: () => () => void;
}

/** Margins under stress are asked when the ticket rests: they take longer than what changes while it is dragged. */
const restMs = 250;
const limitsKey = "what-if-limits";

export const whatIfWork = createWork("what-if.run", "what-if-result");
export const stepsWork = createWork("what-if.steps", "what-if-result");
export const sizeWork = createWork("what-if.size", "what-if-result");
export const ticketStressWork = createWork("what-if.stress", "what-if-result");
const works = [whatIfWork, stepsWork, sizeWork, ticketStressWork];
// Where the new inputs have no margin, nothing is asked anew: what stands says that it is of the old ones.
for (const work of works) outdateWithMargin(work);

/** Scenarios whose worst loss stands beside the requirement. */
export const whatIfScenarios: NonNullable<WhatIfRequest["scenarios"]> = [-0.3, -0.15, 0.15, 0.3].flatMap(
  (priceMove) => [
    { id: `${priceMove}`, label: `price ${priceMove > 0 ? "+" : "−"}${Math.abs(priceMove * 100)} %`, priceMove },
    {
      id: `${priceMove}/up`,
      label: `price ${priceMove > 0 ? "+" : "−"}${Math.abs(priceMove * 100)} %, volatility +50 %`,
      priceMove,
      volatility: { change: 0.5, mode: "relative" as const },
    },
  ],
);

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

export const whatIfStore = createStore<WhatIfState>()((set, get) => {
  let resting: ReturnType<typeof setTimeout> | undefined;
  let watchers = 0;
  let loaded = false;
  const follow = follower(() => get().compute());

  const apply = (legs: readonly TicketLeg[]): void => {
    set({ legs });
    settle();
  };
  const edit = (label: string, legs: readonly TicketLeg[], merge?: string): void => {
    const before = get().legs;
    apply(legs);
    undoable({
      label: `what-if: ${label}`,
      undo: () => apply(before),
      redo: () => apply(legs),
      ...(merge === undefined ? {} : { merge }),
    });
  };
  const settle = (): void => {
    for (const work of works) work.getState().outdate();
    clearTimeout(resting);
    if (watchers > 0) follow();
  };
  const loadLimits = async (): Promise<void> => {
    if (loaded) return;
    loaded = true;
    const answer = await call("setting.get", { key: limitsKey });
    if (answer.ok && Array.isArray(answer.value.value)) set({ limits: answer.value.value as WhatIfLimit[] });
  };

  return {
    legs: [],
    methods: [],
    limits: [],
    savedLegs: [],
    name: "",
    stress: [],
    stressMode: "instant",
    stressScale: 1.5,
    add: ({ symbol, venue, quantityUnit }, quantity = 1) =>
      edit(`add ${symbol}`, [...get().legs, newLeg({ symbol, venue, quantityUnit, quantity })]),
    addAll: (legs, label) => edit(label, [...get().legs, ...legs.map(newLeg)]),
    change: (key, change) => {
      const leg = get().legs.find((one) => one.key === key);
      if (leg === undefined) return;
      const legs = get().legs.map((one) => (one.key === key ? { ...one, ...change } : one));
      edit(`${leg.symbol}`, legs, `what-if ${key}`);
    },
    remove: (key) => {
      const leg = get().legs.find((one) => one.key === key);
      edit(
        `remove ${leg?.symbol ?? "leg"}`,
        get().legs.filter((one) => one.key !== key),
      );
    },
    scale: (factor) =>
      edit(
        `scale by ${factor}`,
        get().legs.map((leg) => ({ ...leg, quantity: leg.quantity * factor })),
      ),
    flip: () =>
      edit(
        "flip",
        get().legs.map((leg) => ({ ...leg, quantity: leg.quantity === 0 ? 0 : -leg.quantity })),
      ),
    clear: () => edit("clear", []),
    setMethods: (methods) => {
      set({ methods });
      settle();
    },
    setLimits: (limits) => {
      set({ limits });
      settle();
      void call("setting.set", { key: limitsKey, value: JSON.parse(JSON.stringify(limits)) });
    },
    setStress: (stress) => {
      set({ stress });
      if (stress.length === 0) ticketStressWork.getState().clear();
      settle();
    },
    setStressMode: (stressMode, stressScale) => {
      set({ stressMode, stressScale });
      settle();
    },
    compute: async () => {
      // Nothing is waited for without sets: the panels are drawn once for the change and what runs.
      const stress = get().stress.length === 0 ? undefined : await stressChoice(get());
      const request = whatIfRequest(get());
      if (!request) return;
      const asked = { ...request, limits: [...get().limits], ...(stress && { stress }) };
      if (!(await whatIfWork.getState().run(asked, "What-if")) || !stress) return;
      clearTimeout(resting);
      const { scenarios: _, ...ticket } = request;
      resting = setTimeout(
        () => void ticketStressWork.getState().run({ ...ticket, stress }, "Ticket under stress"),
        restMs,
      );
    },
    save: async (name) => {
      const own = requestOf(session.getState());
      if (!own) return { failure: { reason: "missing-data", message: "choose a portfolio and a market first" } };
      const { portfolio, market, parameterFile, edits } = own;
      const sources = { portfolio, ...(market && { market }), ...(parameterFile && { parameterFile }) };
      const answer = await call("what-if.save", { ...sources, edits: edits ?? [], legs: askedLegs(get().legs), name });
      if (!answer.ok) return { failure: answer.failure };
      set(({ legs }) => ({ savedLegs: legs, name }));
      await libraryStore.getState().refresh();
      return { saved: answer.value };
    },
    startCopy: () => {
      set({ name: `${chosenName(session.getState().portfolio)}, what-if`, savedLegs: [] });
      if (get().legs.length > 0) get().clear();
    },
    watch: () => {
      watchers += 1;
      void loadLimits();
      const { state } = whatIfWork.getState();
      if (session.getState().state === "ready" && (state === "empty" || state === "stale")) settle();
      const stop = session.subscribe((now, before) => {
        if (now.result !== before.result && now.result) settle();
      });
      return () => {
        watchers -= 1;
        stop();
      };
    },
  };
});

export const useWhatIf = <T>(select: (state: WhatIfState) => T): T => useStore(whatIfStore, select);

/** The ticket as it was left: no edit of the user's, so not to be undone. */
export function takeUpTicket(ticket: Ticket): void {
  lastKey = Math.max(lastKey, ...[...ticket.legs, ...ticket.savedLegs].map(({ key }) => key));
  whatIfStore.setState(ticket);
}

/** Whether the ticket differs from what was saved: shown as `*`. */
export function isUnsaved({ legs, savedLegs }: Pick<WhatIfState, "legs" | "savedLegs">): boolean {
  return JSON.stringify(legs) !== JSON.stringify(savedLegs);
}

/** The legs as a request takes them. */
export function askedLegs(legs: readonly TicketLeg[]): AskedLeg[] {
  return legs.map(({ symbol, venue, quantity, basis, price }) => ({
    instrument: venue === "" ? { symbol } : { symbol, venue },
    quantity,
    ...(basis === "bid-ask" ? { price: { basis } } : {}),
    ...(basis === "stated" && price !== undefined ? { price: { basis, price } } : {}),
  }));
}

/** The ticket over the session's inputs, the session's own method first. */
export function whatIfRequest({
  legs,
  methods,
}: Pick<WhatIfState, "legs" | "methods">): Omit<WhatIfRequest, "limits"> | undefined {
  const own = requestOf(session.getState());
  if (!own) return undefined;
  const { methodology, rules, overrides, ...inputs } = own;
  const column = { methodology, ...(rules && { rules }), overrides: overrides ?? [] };
  const others = methods.filter((id) => id !== methodology).map((id) => ({ methodology: id }));
  return {
    ...inputs,
    ...{ legs: askedLegs(legs), columns: [column, ...others], map: others.length > 0, scenarios: [...whatIfScenarios] },
  };
}

/** The sets as a request takes them; one that the library has no longer is left out. */
export async function stressChoice({
  stress,
  stressMode: mode,
  stressScale: scale,
}: Pick<Ticket, "stress" | "stressMode" | "stressScale">): Promise<WhatIfRequest["stress"]> {
  if (stress.length === 0) return undefined;
  if (stressSetsStore.getState().sets.length === 0) await stressSetsStore.getState().refresh();
  const known = new Set(stressSetsStore.getState().sets.map(({ id }) => id));
  const sets = stress.filter((id) => known.has(id)).map(sourceOfSet);
  return sets.length === 0 ? undefined : { sets, mode, ...(mode === "scaled" && { scale }) };
}

/** Margin along the execution of the ticket, under the session's method. */
export async function computeSteps(slices: number): Promise<void> {
  const own = requestOf(session.getState());
  const { legs } = whatIfStore.getState();
  if (!own || legs.length === 0) return;
  await stepsWork.getState().run({ ...own, legs: askedLegs(legs), slices }, "Steps of execution");
}

/** The largest size of the ticket within the limits: one lot is a hundredth of it. */
export async function computeSize(): Promise<void> {
  const { legs, limits, ...state } = whatIfStore.getState();
  const request = whatIfRequest({ ...state, legs: legs.map((leg) => ({ ...leg, quantity: leg.quantity / 100 })) });
  if (!request || legs.length === 0 || limits.length === 0) return;
  const columns = request.columns.slice(0, 1);
  const stress = await stressChoice(state);
  const asked = { ...request, columns, map: false, legs: request.legs ?? [], limits: [...limits], mostLots: 5000 };
  await sizeWork.getState().run({ ...asked, ...(stress && { stress }) }, "Largest size");
}

/** Contracts of the session's market for the search of the ticket. */
export async function searchInstruments(words: string): Promise<readonly MarketInstrument[]> {
  const market = requestOf(session.getState())?.market;
  if (!market) return [];
  const answer = await call("what-if.instruments", { market, words, most: 40 });
  return answer.ok ? answer.value.found : [];
}

function newLeg(leg: Omit<TicketLeg, "key" | "basis" | "price">): TicketLeg {
  return { ...leg, key: nextKey(), basis: "mark", price: undefined };
}
