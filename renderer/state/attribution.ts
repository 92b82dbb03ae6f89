import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Grouping, Requirement } from "../client/attribution.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin } from "./work.ts";

export const groupingLabels: Readonly<Record<Grouping, string>> = {
  underlying: "Underlying",
  expiry: "Expiry",
  position: "Position",
  tag: "Strategy tag",
  account: "Account",
  venue: "Venue",
};

interface AttributionState {
  readonly grouping: Grouping;
  readonly requirement: Requirement;
  /** Tags set by the user, by position, over those of the import; gone with the portfolio, unless it is saved. */
  readonly tags: Readonly<Record<string, string>>;
  readonly choose: (change: Partial<Pick<AttributionState, "grouping" | "requirement">>) => void;
  /** An empty tag takes the user's back. */
  readonly tag: (positions: readonly string[], tag: string) => void;
  readonly compute: () => Promise<void>;
}

export const attributionWork = createWork("attribution.run", "attribution", (partial) => partial);
outdateWithMargin(attributionWork);

export const attributionStore = createStore<AttributionState>()((set, get) => ({
  grouping: "underlying",
  requirement: "initial",
  tags: {},
  choose: (change) => {
    set(change);
    void get().compute();
  },
  tag: (positions, tag) => {
    const kept = Object.entries(get().tags).filter(([id]) => !positions.includes(id));
    const added = tag === "" ? [] : positions.map((id): [string, string] => [id, tag]);
    set({ tags: Object.fromEntries([...kept, ...added]) });
    if (get().grouping === "tag") void get().compute();
  },
  compute: async () => {
    const request = requestOf(session.getState());
    if (!request) return;
    const { grouping, requirement } = get();
    const tags = Object.entries(get().tags).map(([positionId, tag]) => ({ positionId, tag }));
    const label = `Attribution by ${groupingLabels[grouping].toLowerCase()}`;
    await attributionWork.getState().run({ ...request, grouping, requirement, tags }, label);
  },
}));

session.subscribe((now, before) => {
  if (now.portfolio !== before.portfolio) attributionStore.setState({ tags: {} });
});

export const useAttribution = <T>(select: (state: AttributionState) => T): T => useStore(attributionStore, select);
