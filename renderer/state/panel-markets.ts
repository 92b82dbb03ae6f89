import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { Output, StoredSummary } from "../client/types.ts";
import { libraryStore } from "./library.ts";

type PanelEntry = Output<"panel.get">["content"]["entries"][number];

/** Panel id -> its markets, ascending in time. */
type PanelContents = ReadonlyMap<string, readonly PanelEntry[]>;

export interface PanelMarket extends StoredSummary {
  readonly asOfMs: number;
}

/** Stored markets: those that stand alone, and those of each panel in the order of their times. */
export interface MarketGroups {
  readonly single: readonly StoredSummary[];
  readonly panels: readonly { readonly panel: StoredSummary; readonly markets: readonly PanelMarket[] }[];
}

const panelMarkets = createStore<{ readonly contents: PanelContents }>()(() => ({ contents: new Map() }));

/** Which markets belong to a panel: a panel of many days must not flood the lists of markets. */
export const usePanelContents = (): PanelContents => useStore(panelMarkets, (s) => s.contents);

/** A market of several panels stands under each of them. */
export function groupMarkets(
  markets: readonly StoredSummary[],
  panels: readonly StoredSummary[],
  contents: PanelContents,
): MarketGroups {
  const byId = new Map(markets.map((market) => [market.id, market]));
  const grouped = panels.map((panel) => ({
    panel,
    markets: (contents.get(panel.id) ?? []).flatMap(({ marketId, asOfMs }) => {
      const market = byId.get(marketId);
      return market ? [{ ...market, asOfMs }] : [];
    }),
  }));
  const held = new Set(grouped.flatMap(({ markets: own }) => own.map(({ id }) => id)));
  return { single: markets.filter(({ id }) => !held.has(id)), panels: grouped.filter((g) => g.markets.length > 0) };
}

libraryStore.subscribe(({ panels }, before) => {
  if (panels !== before.panels) void readContents(panels);
});

async function readContents(panels: readonly StoredSummary[]): Promise<void> {
  const answers = await Promise.all(panels.map(({ id }) => call("panel.get", { id })));
  panelMarkets.setState({
    contents: new Map(
      answers.flatMap((answer) => (answer.ok ? [[answer.value.id, answer.value.content.entries]] : [])),
    ),
  });
}
