import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Resources } from "../api/ports.ts";
import { DomainError } from "../base/index.ts";
import type { ImportFile } from "../import/index.ts";
import { parseRulebook, type Rulebook } from "../rulebook/index.ts";
import { contentOfStressFile, parseStressSet, problemWords, type StressSet } from "../scenario/index.ts";

/** Source (`core/host`) and built bundle (`out/main`) both stand two folders below the one that holds `resources`. */
const shipped = resolve(import.meta.dirname, "..", "..", "resources");

const methodologyId = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const documentId = /^[a-z0-9]+(-[a-z0-9]+)*(\/[a-z0-9]+(-[a-z0-9]+)*)?$/;

/**
 * The files that ship with the program, read when asked for.
 *
 * @param root folder with `rulebooks/`, `docs/`, `stress/` and `sample/`
 * @returns ids that are not plain names are answered as absent: nothing outside the folder can be read
 */
export function createResources(root: string = shipped): Resources {
  const rulebooks = new Map<string, Rulebook | undefined>();
  let stressSets: ReturnType<Resources["stressSets"]> | undefined;
  return {
    rulebook(methodology) {
      if (!methodologyId.test(methodology)) return undefined;
      if (!rulebooks.has(methodology)) rulebooks.set(methodology, readRulebook(root, methodology));
      return rulebooks.get(methodology);
    },
    document: (id) => (documentId.test(id) ? readText(join(root, "docs", `${id}.md`)) : undefined),
    sample: () => ({
      portfolio: readFiles(join(root, "sample", "portfolio")),
      market: readFiles(join(root, "sample", "market")),
      history: readFiles(join(root, "sample", "history")),
    }),
    samplePanel: () => readFiles(join(root, "sample", "panel")),
    stressSets: () => {
      stressSets ??= shippedStressSets.map((name) => ({ id: `shipped:${name}`, content: readStressSet(root, name) }));
      return stressSets;
    },
    sampleListed: () => readFiles(join(root, "sample", "listed")),
  };
}

/** In the order of lists. */
const shippedStressSets = ["historical-events", "hypothetical-shocks"] as const;

/** @throws DomainError when a file that ships with the program is not a sound stress set */
function readStressSet(root: string, name: string): StressSet {
  const text = readText(join(root, "stress", `${name}.json`));
  const content = contentOfStressFile(text === undefined ? undefined : JSON.parse(text), name);
  if (!content.ok) throw new DomainError(content.failure.message, name);
  const { set, problems } = parseStressSet(content.value, name);
  if (set === undefined) throw new DomainError(problems.map(problemWords).join("; "), name);
  return set;
}

/** @throws DomainError when a file that ships with the program is not a rulebook */
function readRulebook(root: string, methodology: string): Rulebook | undefined {
  const text = readText(join(root, "rulebooks", `${methodology}.json`));
  if (text === undefined) return undefined;
  const parsed = parseRulebook(JSON.parse(text));
  if (!parsed.ok) throw new DomainError(`rulebook ${methodology}: ${parsed.failure.message}`, parsed.failure.at);
  return parsed.value;
}

function readFiles(folder: string): ImportFile[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
}

/** `undefined` when there is no such file. */
function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
