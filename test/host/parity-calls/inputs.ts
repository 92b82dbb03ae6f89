import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../../core/host/bin/built.mjs";

export const sample = { portfolio: { sample: true }, market: { sample: true } };
const samplePositions = "resources/sample/portfolio/synthetic-positions.json";
const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));

export const positionsFile = { name: "positions.json", bytes: bytesOf(samplePositions) };
export const marketFile = {
  name: "market.json",
  bytes: bytesOf("resources/sample/market/synthetic-book-summary-btc.json"),
};
const listed = (name: string) => ({ name, bytes: bytesOf(`resources/sample/listed/${name}`) });
export const listedPositions = listed("synthetic-listed-positions.csv");
export const listedMarket = listed("synthetic-listed-market.csv");
export const unknownTable = { name: "table.csv", text: "Kontrakt;Menge\nBTC-PERPETUAL;1000\n" };
export const override = { path: "/general/maintenanceFactor", value: 0.9 };
