/** Run by kill.test.ts: saves entries without end and acknowledges each on standard output after it was committed. */
import { writeSync } from "node:fs";
import { openLibrary } from "../../../core/library/index.ts";
import type { Portfolio } from "../../../core/portfolio/index.ts";

const [path = "", prefix = ""] = process.argv.slice(2);
const library = openLibrary(path);
for (let number = 0; ; number += 1) {
  const content: Portfolio = {
    name: `${prefix}${number} ${"x".repeat((number * 997) % 5_000)}`,
    venue: "deribit",
    positions: [],
    balances: [],
    components: [],
    sources: [],
  };
  const id = `${prefix}${number}`;
  const { sha256 } = library.portfolios.save({ id, name: id, note: "", savedAtMs: number, content });
  writeSync(1, `${id} ${sha256}\n`);
}
