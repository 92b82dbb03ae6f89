import type { ParameterFileStore, Ports, Repository, Store } from "../../../core/api/ports.ts";
import { hashOf } from "../../../core/base/index.ts";
import { createResources } from "../../../core/host/resources.ts";
import { memoryStressSets } from "./memory-stress-sets.ts";

/** Ports without a disk: a store in memory, a clock that stands still until moved, ids that count. */
export function memoryPorts(changes: Partial<Ports> = {}): Ports {
  let ids = 0;
  return {
    store: memoryStore(),
    resources: createResources(),
    now: () => Date.UTC(2026, 10, 22),
    newId: () => `id-${++ids}`,
    pause: async () => {},
    codeVersion: "0.0.0-test",
    host: "test",
    ...changes,
  };
}

function memoryStore(): Store {
  const settings = new Map<string, unknown>();
  let recent: ReturnType<Store["recent"]["list"]> = [];
  return {
    portfolios: memoryRepository(),
    markets: memoryRepository(),
    scenarioSets: memoryRepository(),
    overrides: memoryRepository(),
    mappings: memoryRepository(),
    runs: memoryRepository(),
    breakReports: memoryRepository(),
    histories: memoryRepository(),
    panels: memoryRepository(),
    backtests: memoryRepository(),
    parameterFiles: memoryParameterFiles(),
    stressSets: memoryStressSets(),
    settings: { get: (key) => settings.get(key), set: (key, value) => void settings.set(key, value) },
    recent: {
      list: () => recent,
      add: (file) => {
        recent = [file, ...recent.filter(({ path }) => path !== file.path)];
      },
      clear: () => {
        recent = [];
      },
    },
    info: () => ({ path: "memory", schemaVersion: 0, counts: {}, bytes: 0 }),
    export: () => new Uint8Array([1, 2, 3]),
    import: () => ({ added: 0, alreadyHere: 0 }),
  };
}

/** Keeps JSON text, as a real store does: what cannot be stored shows. */
function memoryRepository<T>(): Repository<T> {
  const rows = new Map<string, { name: string; note: string; savedAtMs: number; text: string }>();
  const summaryOf = (id: string) => {
    const row = rows.get(id);
    if (row === undefined) return undefined;
    const { name, note, savedAtMs, text } = row;
    return { id, name, note, savedAtMs, sha256: hashOf(JSON.parse(text)) };
  };
  return {
    list: () => [...rows.keys()].reverse().flatMap((id) => summaryOf(id) ?? []),
    get: (id) => {
      const [summary, row] = [summaryOf(id), rows.get(id)];
      return summary && row && { ...summary, content: JSON.parse(row.text) as T };
    },
    save: ({ id, name, note, savedAtMs, content }) => {
      const text = JSON.stringify(content);
      rows.set(id, { name, note, savedAtMs, text });
      return { id, name, note, savedAtMs, sha256: hashOf(JSON.parse(text)) };
    },
    rename: (id, name) => {
      const row = rows.get(id);
      if (row !== undefined) row.name = name;
      return summaryOf(id);
    },
    remove: (id) => rows.delete(id),
  };
}

/** Parameter files in memory: header and families as they were given. */
function memoryParameterFiles(): ParameterFileStore {
  type Kept = NonNullable<ReturnType<ParameterFileStore["get"]>>;
  const headers = new Map<string, Kept & { clearingHouse: string; date: string; cycle: string }>();
  const families = new Map<string, ReturnType<ParameterFileStore["families"]>>();
  const summaryOf = ({
    content: _content,
    ...summary
  }: Kept & { clearingHouse: string; date: string; cycle: string }) => summary;
  return {
    list: () => [...headers.values()].map(summaryOf),
    get: (id) => headers.get(id),
    families: (id, wanted) => (families.get(id) ?? []).filter(wanted),
    begin: (id) => ({
      add: (family) => void families.set(id, [...(families.get(id) ?? []), family]),
      finish: ({ header, ...rest }) => {
        const { clearingHouse, date, cycle } = header;
        const kept = { id, ...rest, sha256: hashOf(header), content: header, clearingHouse, date, cycle };
        headers.set(id, kept);
        return summaryOf(kept);
      },
    }),
    remove: (id) => headers.delete(id),
  };
}
