import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";
import { factorOf, type History, kindDefaults } from "../../../core/history/index.ts";

const file = z.strictObject({
  name: z.string(),
  source: z.string(),
  days: z.array(z.string()),
  series: z.record(z.string(), z.array(z.number())),
});

const read = new Map<string, History>();

/** A history of test/golden/histories: daily values of several factors at midnight UTC. */
export function historyNamed(name: string): History {
  const known = read.get(name);
  if (known !== undefined) return known;
  const path = resolve(import.meta.dirname, "../../golden/histories", `${name}.json`);
  const { days, series, source } = file.parse(JSON.parse(readFileSync(path, "utf8")));
  const timesMs = days.map((day) => Date.parse(`${day}T00:00:00Z`));
  const history: History = {
    name,
    series: Object.entries(series).map(([factor, values]) => {
      const parts = factorOf(factor);
      if (parts === undefined || values.length !== days.length)
        throw new Error(`${name}: ${factor} is no daily series`);
      return { factor, ...parts, ...kindDefaults[parts.kind], calendar: "every-day", timesMs, values, source };
    }),
    warnings: [],
    sources: [],
  };
  read.set(name, history);
  return history;
}
