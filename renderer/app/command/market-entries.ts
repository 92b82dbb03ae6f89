import { openPanel } from "../../state/layout.ts";
import { searchInstruments, whatIfStore } from "../../state/what-if.ts";
import type { Entry } from "./palette-search.ts";

/** Fewer letters fit too many of a market's thousands. */
const leastLetters = 2;

/** Instruments of the market that a query names, held or not: choosing one adds it to the what-if. */
export async function marketEntries(query: string): Promise<readonly Entry[]> {
  const words = query.replace(/^[@+]/, "").trim();
  if (words.length < leastLetters || /^[>#?]/.test(words)) return [];
  const found = await searchInstruments(words);
  return found.map((instrument) => ({
    id: `market instrument ${instrument.venue} ${instrument.symbol}`,
    label: instrument.symbol,
    description: "Add to what-if",
    run: () => {
      openPanel("what-if");
      whatIfStore.getState().add(instrument);
    },
  }));
}
