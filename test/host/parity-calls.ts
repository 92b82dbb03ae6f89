import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Call, CoreEvent } from "../../core/api/call.ts";
import { encode } from "../../core/api/codec.ts";
import { root } from "../../core/host/bin/built.mjs";
import { reconcileCalls } from "./reconcile-calls.ts";

/** One way into the core. Each door has a library of its own, empty at first. */
export interface Door {
  readonly name: string;
  readonly call: (call: Call) => Promise<unknown>;
  /** Starts a job and cancels it as soon as it reports progress. */
  readonly callAndCancel: (call: Call) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** A door made of a function that sends calls and hands over their events. */
export function doorOf(
  name: string,
  send: (call: Call, emit: (event: CoreEvent) => void) => Promise<unknown>,
  close: () => Promise<void>,
): Door {
  return {
    name,
    call: (call) => send(call, () => {}),
    callAndCancel: (call) => {
      const job = `cancel-${call.operation}`;
      let asked = false;
      return send({ ...call, job }, () => {
        if (!asked) void send({ operation: "job.cancel", input: { job } }, () => {});
        asked = true;
      });
    },
    close,
  };
}

/** Ids that earlier calls of the list answered, by the title of the call. */
export type Earlier = (title: string, member?: "portfolio" | "market") => string;

export interface ParityCall {
  /** Unique in the list. */
  readonly title: string;
  readonly operation: string;
  readonly input: unknown | ((earlier: Earlier) => unknown);
  readonly cancel?: true;
  /** What the answer is, in short: doors must agree on it and it must be this. */
  readonly expected:
    | "ok"
    | "invalid-input"
    | "not-found"
    | "parse-error"
    | "missing-data"
    | "cancelled"
    | "any refusal";
}

const option = { forward: 100, strike: 90, years: 0.5, optionType: "call" };
const sample = { portfolio: { sample: true }, market: { sample: true } };
const samplePositions = "resources/sample/portfolio/synthetic-positions.json";
const bytesOf = (path: string): Uint8Array => new Uint8Array(readFileSync(join(root, path)));

const positionsFile = { name: "positions.json", bytes: bytesOf(samplePositions) };
const marketFile = {
  name: "market.json",
  bytes: bytesOf("resources/sample/market/synthetic-book-summary-btc.json"),
};
const unknownTable = { name: "table.csv", text: "Kontrakt;Menge\nBTC-PERPETUAL;1000\n" };
const mapping = { kind: "positions", columns: { symbol: "Kontrakt", quantity: "Menge" }, venue: "deribit" };
const override = { path: "/general/maintenanceFactor", value: 0.9 };

/** Answers and refusals of every noun of the contract, in an order in which later calls can use what earlier ones saved. */
export const parityCalls: readonly ParityCall[] = [
  { title: "version", operation: "program.info", input: {}, expected: "ok" },
  { title: "operations", operation: "contract.operations", input: {}, expected: "ok" },
  { title: "unknown operation", operation: "price.nothing", input: {}, expected: "not-found" },
  { title: "name of a prototype member", operation: "__proto__", input: {}, expected: "not-found" },
  { title: "unknown member", operation: "program.info", input: { colour: "red" }, expected: "invalid-input" },

  { title: "option", operation: "price.option", input: { ...option, volatility: 0.6 }, expected: "ok" },
  {
    title: "coin option",
    operation: "price.option",
    input: { ...option, volatility: 0.6, payoff: "inverse" },
    expected: "ok",
  },
  { title: "bad option", operation: "price.option", input: { ...option, strike: "90" }, expected: "invalid-input" },
  { title: "volatility", operation: "price.implied-volatility", input: { ...option, price: 21 }, expected: "ok" },
  {
    title: "price below intrinsic",
    operation: "price.implied-volatility",
    input: { ...option, price: 1 },
    expected: "invalid-input",
  },
  {
    title: "normal model",
    operation: "price.bachelier",
    input: { forward: -5, strike: 2, years: 1, volatility: 20, optionType: "put" },
    expected: "ok",
  },
  {
    title: "perpetual",
    operation: "price.perpetual",
    input: { fundingOn: "current", periodYears: 1 / 1095, spot: 100, rate: 0.04, strength: 0.02, payoff: "inverse" },
    expected: "ok",
  },
  {
    title: "perpetual without a price",
    operation: "price.perpetual",
    input: { fundingOn: "continuous", spot: 100, rate: 0.04, strength: 0.02 },
    expected: "invalid-input",
  },
  {
    title: "cube",
    operation: "scenario.cube",
    input: {
      options: [
        { ...option, volatility: 0.6 },
        { ...option, volatility: 0.6, payoff: "inverse" },
      ],
      scenarios: [
        { id: "flat", label: "flat", priceMove: 0 },
        { id: "down", label: "down", priceMove: -0.2, volatility: { change: 0.5, mode: "relative" } },
      ],
    },
    expected: "ok",
  },

  { title: "methods", operation: "methodology.list", input: {}, expected: "ok" },
  { title: "a method", operation: "methodology.get", input: { id: "deribit-portfolio" }, expected: "ok" },
  { title: "no such method", operation: "methodology.get", input: { id: "nowhere-none" }, expected: "not-found" },
  {
    title: "rules of a day",
    operation: "rulebook.resolve",
    input: { methodology: "deribit-portfolio", rules: { date: "2026-11-20" } },
    expected: "ok",
  },
  {
    title: "rules before the first version",
    operation: "rulebook.resolve",
    input: { methodology: "deribit-portfolio", rules: { date: "1999-01-01" } },
    expected: "not-found",
  },
  {
    title: "no such version",
    operation: "rulebook.difference",
    input: { methodology: "deribit-portfolio", from: "erm-2026-02-15", to: "never" },
    expected: "not-found",
  },
  {
    title: "difference of versions",
    operation: "rulebook.difference",
    input: { methodology: "deribit-portfolio", from: "erm-2026-02-15", to: "erm-2026-09-23" },
    expected: "ok",
  },
  { title: "document", operation: "document.get", input: { id: "methodology/deribit-standard" }, expected: "ok" },
  { title: "path as document", operation: "document.get", input: { id: "../../package" }, expected: "not-found" },

  {
    title: "inspection",
    operation: "import.inspect",
    input: { files: [positionsFile, marketFile, unknownTable, { name: "a.json", text: "{" }] },
    expected: "ok",
  },
  {
    title: "wrong file",
    operation: "import.run",
    input: { files: [{ name: "a.json", text: "{" }] },
    expected: "parse-error",
  },
  {
    title: "file without content",
    operation: "import.run",
    input: { files: [{ name: "a.json" }] },
    expected: "invalid-input",
  },
  {
    title: "import",
    operation: "import.run",
    input: { files: [positionsFile, marketFile], name: "Sample book" },
    expected: "ok",
  },
  {
    title: "import by mapping",
    operation: "import.run",
    input: { files: [unknownTable], mappings: { "table.csv": mapping } },
    expected: "ok",
  },
  {
    title: "inspection of a known table",
    operation: "import.inspect",
    input: { files: [unknownTable] },
    expected: "ok",
  },
  { title: "import by memory", operation: "import.run", input: { files: [unknownTable] }, expected: "ok" },
  { title: "mappings", operation: "mapping.list", input: {}, expected: "ok" },
  { title: "portfolios", operation: "portfolio.list", input: {}, expected: "ok" },
  {
    title: "portfolio",
    operation: "portfolio.get",
    input: (earlier: Earlier) => ({ id: earlier("import", "portfolio") }),
    expected: "ok",
  },
  {
    title: "market",
    operation: "market.get",
    input: (earlier: Earlier) => ({ id: earlier("import", "market") }),
    expected: "ok",
  },
  { title: "no such portfolio", operation: "portfolio.get", input: { id: "none" }, expected: "not-found" },
  {
    title: "renamed market",
    operation: "market.rename",
    input: (earlier: Earlier) => ({ id: earlier("import", "market"), name: "Bücher & Σ" }),
    expected: "ok",
  },
  {
    title: "edited portfolio",
    operation: "portfolio.edit",
    input: (earlier: Earlier) => ({
      id: earlier("import", "portfolio"),
      name: "Edited",
      edits: [{ positionId: "BTC-27NOV26-96000-C", quantity: 0 }],
    }),
    expected: "ok",
  },
  {
    title: "edit of no position",
    operation: "portfolio.edit",
    input: (earlier: Earlier) => ({
      id: earlier("import", "portfolio"),
      name: "Edited",
      edits: [{ positionId: "none", quantity: 0 }],
    }),
    expected: "not-found",
  },

  ...["deribit-standard", "deribit-portfolio", "deribit-cross-portfolio"].map(
    (methodology): ParityCall => ({
      title: `margin by ${methodology}`,
      operation: "margin.run",
      input: { ...sample, methodology },
      expected: "ok",
    }),
  ),
  {
    title: "margin of stored inputs, with changes",
    operation: "margin.run",
    input: (earlier: Earlier) => ({
      portfolio: { id: earlier("import", "portfolio") },
      market: { id: earlier("import", "market") },
      methodology: "deribit-portfolio",
      rules: { name: "erm-2026-02-15" },
      overrides: [override],
      balances: [{ currency: "BTC", equity: 100 }],
      components: [{ id: "open-orders", currency: "BTC", amount: 0.5 }],
      standAlone: true,
    }),
    expected: "ok",
  },
  {
    title: "margin of files",
    operation: "margin.run",
    input: { portfolio: { files: [positionsFile] }, market: { files: [marketFile] }, methodology: "deribit-portfolio" },
    expected: "ok",
  },
  {
    title: "margin without a market",
    operation: "margin.run",
    input: { ...sample, market: { files: [unknownTable] }, methodology: "deribit-portfolio" },
    expected: "any refusal",
  },
  {
    title: "margin of a missing portfolio",
    operation: "margin.run",
    input: { ...sample, portfolio: { id: "none" }, methodology: "deribit-portfolio" },
    expected: "not-found",
  },
  {
    title: "override of nothing",
    operation: "margin.run",
    input: { ...sample, methodology: "deribit-portfolio", overrides: [{ path: "/nothing/here", value: 1 }] },
    expected: "invalid-input",
  },
  {
    title: "comparison",
    operation: "margin.compare",
    input: { requests: ["deribit-standard", "deribit-portfolio"].map((methodology) => ({ ...sample, methodology })) },
    expected: "ok",
  },
  {
    title: "margin totals",
    operation: "margin.totals",
    input: { requests: ["deribit-standard", "deribit-portfolio"].map((methodology) => ({ ...sample, methodology })) },
    expected: "ok",
  },
  {
    title: "surface",
    operation: "surface.run",
    input: {
      ...sample,
      methodology: "deribit-portfolio",
      axes: { price: { from: -0.2, to: 0.2, count: 5 }, volatility: { from: -0.2, to: 0.2, count: 3 } },
    },
    expected: "ok",
  },
  {
    title: "surface with a wrong axis",
    operation: "surface.run",
    input: { ...sample, methodology: "deribit-portfolio", axes: { price: { from: 0.2, to: -0.2, count: 5 } } },
    expected: "invalid-input",
  },
  {
    title: "cancelled surface",
    operation: "surface.run",
    input: {
      ...sample,
      methodology: "deribit-portfolio",
      axes: { price: { from: -0.5, to: 0.5, count: 161 }, volatility: { from: -0.5, to: 0.5, count: 161 } },
    },
    cancel: true,
    expected: "cancelled",
  },
  { title: "cancel of nothing", operation: "job.cancel", input: { job: "none" }, expected: "ok" },

  {
    title: "saved run",
    operation: "run.save",
    input: { name: "Friday", request: { ...sample, methodology: "deribit-portfolio" } },
    expected: "ok",
  },
  { title: "run", operation: "run.get", input: (earlier: Earlier) => ({ id: earlier("saved run") }), expected: "ok" },
  {
    title: "replay",
    operation: "run.replay",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "ok",
  },

  {
    title: "scenario set",
    operation: "scenario-set.save",
    input: {
      name: "Two",
      content: { id: "two", repricer: "model", scenarios: [{ id: "a", label: "a", priceMove: -0.1 }] },
    },
    expected: "ok",
  },
  { title: "scenario sets", operation: "scenario-set.list", input: {}, expected: "ok" },
  {
    title: "overrides",
    operation: "overrides.save",
    input: { name: "Stricter", content: { methodology: "deribit-portfolio", overrides: [override] } },
    expected: "ok",
  },
  {
    title: "stored overrides",
    operation: "overrides.get",
    input: (earlier: Earlier) => ({ id: earlier("overrides") }),
    expected: "ok",
  },
  {
    title: "odd setting",
    operation: "setting.set",
    input: { key: "odd", value: { $bytes: "no tag", nested: [{ $float64: 1 }, null, -0, "\u2028 é 🦉"] } },
    expected: "ok",
  },
  { title: "setting", operation: "setting.get", input: { key: "odd" }, expected: "ok" },
  { title: "setting never set", operation: "setting.get", input: { key: "never" }, expected: "ok" },
  { title: "recent file", operation: "recent.add", input: { path: "/a/b.json", name: "b.json" }, expected: "ok" },
  { title: "recent files", operation: "recent.list", input: {}, expected: "ok" },
  { title: "library", operation: "library.info", input: {}, expected: "ok" },
  {
    title: "import of no library",
    operation: "library.import",
    input: { file: { name: "a.sqlite", text: "no database" } },
    expected: "any refusal",
  },
  {
    title: "deleted run",
    operation: "run.delete",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "ok",
  },
  {
    title: "run that is gone",
    operation: "run.get",
    input: (earlier: Earlier) => ({ id: earlier("saved run") }),
    expected: "not-found",
  },
  ...reconcileCalls,
];

/** An answer with all that may differ between doors taken out. */
export interface ParityAnswer {
  readonly title: string;
  /** `ok`, or the reason of the refusal. */
  readonly outcome: string;
  /** The answer as text: typed arrays, numbers and order of members included. */
  readonly text: string;
}

/** Sends the whole list through a door, one call after the other. */
export async function answersOf(door: Door): Promise<readonly ParityAnswer[]> {
  const values = new Map<string, unknown>();
  const earlier: Earlier = (title, member) => {
    const value = values.get(title) as { id?: string } & Record<string, { id: string } | undefined>;
    return (member === undefined ? value?.id : value?.[member]?.id) ?? `nothing was answered to ${title}`;
  };
  const answers: ParityAnswer[] = [];
  for (const { title, operation, input, cancel } of parityCalls) {
    const call: Call = { operation, input: typeof input === "function" ? input(earlier) : input };
    const answer = (await (cancel ? door.callAndCancel(call) : door.call(call))) as PlainResult;
    if (answer.ok) values.set(title, answer.value);
    answers.push({ title, outcome: answer.ok ? "ok" : answer.failure.reason, text: comparableText(answer) });
  }
  return answers;
}

type PlainResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly failure: { readonly reason: string } };

/** Members that tell a door, a moment or a place apart, and nothing of the answer. */
const ownOfDoor = new Set(["host", "savedAtMs", "openedAtMs", "path"]);
const uuid = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;

/** An answer as text with ids, times, paths of the library and the name of the host blanked. */
export function comparableText(answer: unknown): string {
  return encode(blanked(answer)).replace(uuid, "<id>");
}

function blanked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(blanked);
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      key,
      ownOfDoor.has(key) && typeof member !== "object" ? `<${key}>` : blanked(member),
    ]),
  );
}
