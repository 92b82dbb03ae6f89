/**
 * Writes the synthetic sample: what an imaginary account on an imaginary day would export, in Deribit's reply formats.
 * No figure is a venue's. Everything follows from the constants of `generator/`, so that a second run writes the same bytes:
 *
 *     npx node resources/sample/generate.ts
 *
 * Forwards stand on an exponential basis curve at the listed futures and, as on the venue, on a straight line in calendar
 * days between them. Smiles are SSVI slices (Gatheral and Jacquier 2014), free of butterfly arbitrage. Marks are Black-76 of the
 * volatility as printed, 365-day year, rounded as the venue rounds. The equity is chosen so that some two thirds are used.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sampleFiles } from "./generator/files.ts";
import { listedFiles } from "./generator/listed.ts";
import { panelFiles } from "./generator/panel.ts";
import { underlyings } from "./generator/underlying.ts";

for (const { folder, name, text } of sampleFiles()) {
  const path = join(import.meta.dirname, folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, name), text);
}

/** A book of US listed options and stock for the netting benefit. */
const listed = join(import.meta.dirname, "listed");
mkdirSync(listed, { recursive: true });
for (const { name, text } of listedFiles()) writeFileSync(join(listed, name), text);

/** Chains of bitcoin through the fall of the sample history, for a worked example of margin through time. */
const panel = join(import.meta.dirname, "panel");
mkdirSync(panel, { recursive: true });
for (const { name, bytes } of underlyings.filter(({ currency }) => currency === "BTC").flatMap(panelFiles))
  writeFileSync(join(panel, name), bytes);
