import { unwatched } from "../../../core/base/index.ts";
import { createResources } from "../../../core/host/resources.ts";
import { importFiles } from "../../../core/import/index.ts";
import type { MarketSnapshot } from "../../../core/market/index.ts";

/** The synthetic market that ships with the program. */
export async function sampleMarket(): Promise<MarketSnapshot> {
  const imported = await importFiles(createResources().sample().market, {
    ...{ name: "sample", mappings: {}, work: unwatched },
  });
  if (!imported.ok || imported.value.market === undefined) throw new Error("the sample has a market");
  return imported.value.market;
}
