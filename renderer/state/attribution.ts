import { useStore } from "zustand";
import { createStore, type StoreApi } from "zustand/vanilla";
import type { Grouping, Requirement } from "../client/attribution.ts";
import { copyWork, type OwnParts, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithMargin, type WorkStore } from "./work.ts";

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
  /** Tags set by the user, by position, over those of the import, the same in every instance; gone with the portfolio, unless it is saved. */
  readonly tags: Readonly<Record<string, string>>;
  readonly choose: (change: Partial<Pick<AttributionState, "grouping" | "requirement">>) => void;
  /** An empty tag takes the user's back. */
  readonly tag: (positions: readonly string[], tag: string) => void;
  readonly compute: () => Promise<void>;
}

/** A panel of attribution: its groups and its run. */
interface AttributionPanel {
  readonly store: StoreApi<AttributionState>;
  readonly work: WorkStore<"attribution.run">;
}

const createAttributionStore = (attributionWork: AttributionPanel["work"]): AttributionPanel["store"] =>
  createStore<AttributionState>()((set, get) => ({
    grouping: "underlying",
    requirement: "initial",
    tags: panels.all()[0]?.store.getState().tags ?? {},
    choose: (change) => {
      set(change);
      void get().compute();
    },
    tag: (positions, tag) => {
      const kept = Object.entries(get().tags).filter(([id]) => !positions.includes(id));
      const added = tag === "" ? [] : positions.map((id): [string, string] => [id, tag]);
      const tags = Object.fromEntries([...kept, ...added]);
      for (const { store } of panels.all()) {
        store.setState({ tags });
        if (store.getState().grouping === "tag") void store.getState().compute();
      }
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

const panels: OwnParts<AttributionPanel> = ownParts<AttributionPanel>(
  "attribution",
  (id) => {
    const work = createWork("attribution.run", id, (partial) => partial);
    outdateWithMargin(work);
    return { store: createAttributionStore(work), work };
  },
  (from, to) => copyWork(from.work, to.work),
);

/** The run of one instance of the panel: duplicates split by other groups beside the first. */
export const attributionPanel = panels.of;
export const useAttributionPanel = panels.use;
export const { store: attributionStore, work: attributionWork } = attributionPanel();

session.subscribe((now, before) => {
  if (now.portfolio !== before.portfolio) for (const { store } of panels.all()) store.setState({ tags: {} });
});

export const useAttribution = <T>(select: (state: AttributionState) => T): T =>
  useStore(useAttributionPanel().store, select);
