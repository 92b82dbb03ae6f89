import { type ParseArgsConfig, parseArgs } from "node:util";
import { defaultLibraryPath } from "../library-path.ts";

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },
  progress: { type: "boolean" },
  library: { type: "string" },
  positions: { type: "string", multiple: true },
  market: { type: "string", multiple: true },
  history: { type: "string", multiple: true },
  "parameter-file": { type: "string" },
  sample: { type: "boolean" },
  charged: { type: "string", multiple: true },
  method: { type: "string", multiple: true },
  reference: { type: "string" },
  rules: { type: "string" },
  override: { type: "string", multiple: true },
  mapping: { type: "string" },
  series: { type: "string", multiple: true },
  backtest: { type: "string" },
  confidence: { type: "string" },
  horizon: { type: "string" },
  format: { type: "string" },
  output: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

const commandFlags = [
  ...([
    "positions",
    "market",
    "history",
    "parameter-file",
    "sample",
    "charged",
    "method",
    "reference",
    "rules",
    "override",
    "mapping",
    "series",
    "backtest",
    "confidence",
    "horizon",
    "format",
    "output",
  ] as const),
];

/** Flags that each short command takes. */
const taken: Readonly<Record<ShortCommand, readonly (typeof commandFlags)[number][]>> = {
  margin: [
    "positions",
    "market",
    "history",
    "parameter-file",
    "sample",
    "method",
    "rules",
    "override",
    "mapping",
    "output",
  ],
  reconcile: ["positions", "market", "history", "charged", "method", "rules", "override", "mapping"],
  compare: ["positions", "market", "history", "parameter-file", "sample", "method", "reference", "mapping"],
  "netting-benefit": ["positions", "market", "history", "parameter-file", "method", "reference", "mapping"],
  coverage: ["positions", "market", "history", "parameter-file", "sample", "method", "mapping"],
  mixed: ["positions", "market", "history", "parameter-file", "sample", "method", "mapping"],
  validate: ["series", "backtest", "method", "rules", "override", "confidence", "horizon", "format"],
};

type ShortCommand = "margin" | "reconcile" | "compare" | "netting-benefit" | "coverage" | "mixed" | "validate";

/** What the user asked for. */
export type Arguments =
  | { readonly ask: "help" | "version" }
  | { readonly ask: "usage"; readonly problem: string }
  | ({ readonly ask: "operations" } & Common)
  | ({ readonly ask: "call"; readonly operation: string; readonly request: string } & Common)
  | ({ readonly ask: "margin"; readonly margin: MarginArguments } & Common)
  | ({ readonly ask: "reconcile"; readonly reconcile: ReconcileArguments } & Common)
  | ({ readonly ask: "compare"; readonly compare: CompareArguments } & Common)
  | ({ readonly ask: "netting-benefit"; readonly compare: CompareArguments } & Common)
  | ({ readonly ask: "coverage" | "mixed"; readonly methods: MethodArguments } & Common)
  | ({ readonly ask: "validate"; readonly validate: ValidateArguments } & Common);

interface Common {
  readonly json: boolean;
  readonly progress: boolean;
  readonly libraryPath: string;
}

/** Files that stand for sources. */
export interface FileArguments {
  /** Empty for the sample. */
  readonly positions: readonly string[];
  readonly market: readonly string[];
  /** Files of risk factors through time, `sample`, or `id:` and the id of a stored history. */
  readonly history?: readonly string[];
  /** A clearing house's file, or `id:` and the id of a stored one. Without a market its prices are taken. */
  readonly parameterFile?: string;
  /** `suggested`, or the file of a column mapping, for CSV files no format claims. */
  readonly mapping?: string;
}

/** Rules by flag. */
export interface RuleArguments {
  readonly rules?: string;
  readonly overrides: readonly string[];
}

export interface MarginArguments extends FileArguments, RuleArguments {
  readonly method: string;
  /** File to write the result to, in the format of its ending. */
  readonly output?: string;
}

/** Without positions and market those of the reply are taken; without a method the one it speaks of. */
export interface ReconcileArguments extends FileArguments, RuleArguments {
  readonly charged: readonly string[];
  readonly method?: string;
}

/** Methods over one book, in order. */
export interface MethodArguments extends FileArguments {
  /** `id`, or `id@version`. */
  readonly methods: readonly string[];
}

export interface CompareArguments extends MethodArguments {
  /** Place of the column the differences are against, from 1. */
  readonly reference: number;
}

/** A validation of daily series in files, or of a stored backtest. */
export interface ValidateArguments extends RuleArguments {
  readonly series: readonly string[];
  readonly backtest?: string;
  readonly method?: string;
  readonly confidence?: number;
  /** Close-out period in rows. */
  readonly horizon?: number;
  /** `html`, `csv`, `json` or `series`; without it the pack is printed as text. */
  readonly format?: string;
}

/** The command line understood, or in words what is wrong with it. */
export function readArguments(args: readonly string[]): Arguments {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return { ask: "usage", problem: error instanceof Error ? error.message : String(error) };
  }
  const { values, positionals } = parsed;
  if (values.help) return { ask: "help" };
  if (values.version) return { ask: "version" };
  const common = {
    json: values.json ?? false,
    progress: values.progress ?? false,
    libraryPath: values.library ?? defaultLibraryPath(),
  };
  const [command, request = "{}", ...rest] = positionals;
  if (command === undefined) return { ask: "usage", problem: "expected a command" };
  if (Object.hasOwn(shortCommands, command)) return short(command as ShortCommand, values, positionals, common);
  const stray = commandFlags.find((name) => values[name] !== undefined);
  if (stray !== undefined) {
    const owners = Object.entries(taken).flatMap(([name, flags]) => (flags.includes(stray) ? [name] : []));
    return { ask: "usage", problem: `--${stray} belongs to: marginscope ${owners.join(", ")}` };
  }
  if (rest.length > 0) return { ask: "usage", problem: `unexpected argument ${rest[0]}` };
  if (command === "operations") return { ask: "operations", ...common };
  return { ask: "call", operation: command, request, ...common };
}

function short(command: ShortCommand, values: Values, positionals: readonly string[], common: Common): Arguments {
  if (positionals.length > 1) return { ask: "usage", problem: `unexpected argument ${positionals[1]}` };
  const foreign = commandFlags.find((name) => values[name] !== undefined && !taken[command].includes(name));
  if (foreign !== undefined)
    return { ask: "usage", problem: `--${foreign} does not belong to: marginscope ${command}` };
  return shortCommands[command](values, common);
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

type Values = ReturnType<typeof parse>["values"];

const shortCommands: Readonly<Record<ShortCommand, (values: Values, common: Common) => Arguments>> = {
  margin: marginArguments,
  reconcile: reconcileArguments,
  compare: compareArguments,
  "netting-benefit": nettingArguments,
  coverage: (values, common) => methodArguments("coverage", values, common),
  mixed: (values, common) => methodArguments("mixed", values, common),
  validate: validateArguments,
};

function marginArguments(values: Values, common: Common): Arguments {
  const [method, ...more] = values.method ?? [];
  if (method === undefined)
    return { ask: "usage", problem: "margin needs --method ID; see: marginscope methodology.list" };
  if (more.length > 0) return { ask: "usage", problem: "margin takes one --method; for several: marginscope compare" };
  if (!hasSources(values))
    return { ask: "usage", problem: "margin needs --positions FILE (and --market FILE), or --sample alone" };
  const { output } = values;
  if (output !== undefined && !/\.(xlsx|csv|json|html)$/i.test(output))
    return { ask: "usage", problem: `--output ${output}: expected a file ending in .xlsx, .csv, .json or .html` };
  const margin = { ...filesOf(values), ...rulesOf(values), method, ...(output !== undefined && { output }) };
  return { ask: "margin", margin, ...common };
}

function reconcileArguments(values: Values, common: Common): Arguments {
  const { charged = [], positions = [], market = [], method = [] } = values;
  if (charged.length === 0)
    return { ask: "usage", problem: "reconcile needs --charged FILE: the venue's reply that says what it charges" };
  if (method.length > 1) return { ask: "usage", problem: "reconcile takes one --method" };
  const [only] = method;
  const { mapping, history } = values;
  const reconcile = {
    ...{ charged, positions, market, ...rulesOf(values) },
    ...(only !== undefined && { method: only }),
    ...(mapping !== undefined && { mapping }),
    ...(history !== undefined && { history }),
  };
  return { ask: "reconcile", reconcile, ...common };
}

function compareArguments(values: Values, common: Common): Arguments {
  const { method: methods = [], reference: place = "1" } = values;
  if (methods.length === 0)
    return { ask: "usage", problem: "compare needs --method ID or ID@VERSION, once for each column" };
  if (!hasSources(values))
    return { ask: "usage", problem: "compare needs --positions FILE (and --market FILE), or --sample alone" };
  const reference = Number(place);
  if (!Number.isInteger(reference) || reference < 1 || reference > methods.length)
    return { ask: "usage", problem: `--reference ${place}: expected the place of a --method, 1 to ${methods.length}` };
  return { ask: "compare", compare: { ...filesOf(values), methods, reference }, ...common };
}

/** Without methods those of the operation are taken: the strategy-based baseline and what nets. */
function nettingArguments(values: Values, common: Common): Arguments {
  const { method: methods = [], reference: place = "1", positions = [] } = values;
  if (positions.length === 0)
    return { ask: "usage", problem: "netting-benefit needs --positions FILE (and --market FILE)" };
  const reference = Number(place);
  if (!Number.isInteger(reference) || reference < 1 || (methods.length > 0 && reference > methods.length))
    return { ask: "usage", problem: `--reference ${place}: expected the place of a --method` };
  return { ask: "netting-benefit", compare: { ...filesOf(values), methods, reference }, ...common };
}

/** Coverage takes any number of methods, none means all; a mixed book needs one at least. */
function methodArguments(ask: "coverage" | "mixed", values: Values, common: Common): Arguments {
  const methods = values.method ?? [];
  if (ask === "mixed" && methods.length === 0)
    return { ask: "usage", problem: "mixed needs --method ID or ID@VERSION, in order of precedence" };
  if (!hasSources(values))
    return { ask: "usage", problem: `${ask} needs --positions FILE (and --market FILE), or --sample alone` };
  return { ask, methods: { ...filesOf(values), methods }, ...common };
}

function validateArguments(values: Values, common: Common): Arguments {
  const { series = [], backtest, method = [], confidence, horizon, format } = values;
  const wrong = (problem: string): Arguments => ({ ask: "usage", problem });
  if (series.length > 0 === (backtest !== undefined))
    return wrong("validate needs --series FILE with --method ID, or --backtest ID");
  if (method.length > 1) return wrong("validate takes one --method");
  const [only] = method;
  if (backtest === undefined && only === undefined) return wrong("validate needs --method ID for --series");
  if (format !== undefined && !["html", "csv", "json", "series"].includes(format))
    return wrong(`--format ${format}: expected html, csv, json or series`);
  if (confidence !== undefined && !(Number(confidence) > 0 && Number(confidence) < 1))
    return wrong(`--confidence ${confidence}: expected a fraction such as 0.99`);
  if (horizon !== undefined && !(Number.isInteger(Number(horizon)) && Number(horizon) >= 1))
    return wrong(`--horizon ${horizon}: expected whole rows, 1 or more`);
  const validate = {
    ...{ series, ...rulesOf(values) },
    ...(backtest !== undefined && { backtest }),
    ...(only !== undefined && { method: only }),
    ...(confidence !== undefined && { confidence: Number(confidence) }),
    ...(horizon !== undefined && { horizon: Number(horizon) }),
    ...(format !== undefined && { format }),
  };
  return { ask: "validate", validate, ...common };
}

function hasSources({ positions = [], market = positions, sample = false }: Values): boolean {
  return sample ? positions.length === 0 && market.length === 0 : positions.length > 0;
}

function filesOf({ positions = [], market = positions, history, mapping, ...values }: Values): FileArguments {
  const parameterFile = values["parameter-file"];
  const optional = {
    ...(history !== undefined && { history }),
    ...(mapping !== undefined && { mapping }),
    ...(parameterFile !== undefined && { parameterFile }),
  };
  if (parameterFile !== undefined && market === positions) return { positions, market: [], ...optional };
  return { positions, market, ...optional };
}

function rulesOf({ rules, override: overrides = [] }: Values): RuleArguments {
  return { overrides, ...(rules !== undefined && { rules }) };
}
