import { createStore, type StoreApi } from "zustand/vanilla";
import { listedSample } from "./listed-sample.ts";
import { copyWork, ownParts } from "./own-parts.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession, type WorkStore } from "./work.ts";

/** Methods side by side; the first is the baseline. */
export const nettingMethods = ["strategy-based", "risk-based-customer", "span-array"] as const;

interface NettingState {
  readonly compute: () => Promise<void>;
  /** The shipped book and its market become those of the session, and are computed. */
  readonly openSample: () => Promise<void>;
}

/** A panel of the netting benefit: the methods side by side, and the pairing of legs. */
interface NettingPanel {
  readonly id: string;
  readonly store: StoreApi<NettingState>;
  readonly work: WorkStore<"margin.netting-benefit">;
  /** The baseline's statement of the same book: its pairing, leg by leg. */
  readonly pairingWork: WorkStore<"margin.run">;
}

const createNettingStore = ({ id, work, pairingWork }: Omit<NettingPanel, "store">) =>
  createStore<NettingState>()((_set, get) => ({
    compute: async () => {
      const own = requestOf(session.getState());
      if (!own) return;
      const { methodology: _own, rules: _rules, overrides: _overrides, components: _c, balances: _b, ...inputs } = own;
      const columns = nettingMethods.map((methodology) => ({ methodology, overrides: [] }));
      const came = await work.getState().run({ ...inputs, columns }, "Netting benefit");
      if (!came) return;
      await pairingWork.getState().run({ ...inputs, methodology: nettingMethods[0] }, "Pairing of legs");
    },
    openSample: async () => {
      if (await listedSample(work, id)) await get().compute();
    },
  }));

const panels = ownParts<NettingPanel>(
  "netting-benefit",
  (id) => {
    const works = {
      id,
      work: createWork("margin.netting-benefit", id),
      pairingWork: createWork("margin.run", id),
    };
    outdateWithSession(works.work);
    outdateWithSession(works.pairingWork);
    return { ...works, store: createNettingStore(works) };
  },
  (from, to) => {
    copyWork(from.work, to.work);
    copyWork(from.pairingWork, to.pairingWork);
  },
);

/** The answer of one instance of the panel: a duplicate keeps that of an earlier book beside the present one. */
export const nettingPanel = panels.of;
export const useNettingPanel = panels.use;
