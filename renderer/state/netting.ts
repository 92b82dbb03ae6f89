import { createStore } from "zustand/vanilla";
import { listedSample } from "./listed-sample.ts";
import { requestOf, session } from "./session.ts";
import { createWork, outdateWithSession } from "./work.ts";

/** Methods side by side; the first is the baseline. */
export const nettingMethods = ["strategy-based", "risk-based-customer", "span-array"] as const;

interface NettingState {
  readonly compute: () => Promise<void>;
  /** The shipped book and its market become those of the session, and are computed. */
  readonly openSample: () => Promise<void>;
}

export const nettingWork = createWork("margin.netting-benefit", "netting-benefit");
/** The baseline's statement of the same book: its pairing, leg by leg. */
export const pairingWork = createWork("margin.run", "netting-benefit");
outdateWithSession(nettingWork);
outdateWithSession(pairingWork);

export const nettingStore = createStore<NettingState>()((_set, get) => ({
  compute: async () => {
    const own = requestOf(session.getState());
    if (!own) return;
    const { methodology: _own, rules: _rules, overrides: _overrides, components: _c, balances: _b, ...inputs } = own;
    const columns = nettingMethods.map((methodology) => ({ methodology, overrides: [] }));
    const came = await nettingWork.getState().run({ ...inputs, columns }, "Netting benefit");
    if (!came) return;
    await pairingWork.getState().run({ ...inputs, methodology: nettingMethods[0] }, "Pairing of legs");
  },
  openSample: async () => {
    if (await listedSample(nettingWork)) await get().compute();
  },
}));
