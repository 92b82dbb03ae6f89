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
  sample: { type: "boolean" },
  method: { type: "string" },
  rules: { type: "string" },
  override: { type: "string", multiple: true },
  mapping: { type: "string" },
} as const satisfies ParseArgsConfig["options"];

const onlyForMargin = ["positions", "market", "sample", "method", "rules", "override", "mapping"] as const;

/** What the user asked for. */
export type Arguments =
  | { readonly ask: "help" | "version" }
  | { readonly ask: "usage"; readonly problem: string }
  | ({ readonly ask: "operations" } & Common)
  | ({ readonly ask: "call"; readonly operation: string; readonly request: string } & Common)
  | ({ readonly ask: "margin"; readonly margin: MarginArguments } & Common);

interface Common {
  readonly json: boolean;
  readonly progress: boolean;
  readonly libraryPath: string;
}

export interface MarginArguments {
  /** Empty for the sample. */
  readonly positions: readonly string[];
  readonly market: readonly string[];
  readonly method: string;
  readonly rules?: string;
  /** `suggested`, or the file of a column mapping, for CSV files no format claims. */
  readonly mapping?: string;
  readonly overrides: readonly string[];
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
  if (command === "margin") {
    if (positionals.length > 1) return { ask: "usage", problem: `unexpected argument ${positionals[1]}` };
    return marginArguments(values, common);
  }
  const stray = onlyForMargin.find((name) => values[name] !== undefined);
  if (stray !== undefined) return { ask: "usage", problem: `--${stray} belongs to: marginscope margin` };
  if (rest.length > 0) return { ask: "usage", problem: `unexpected argument ${rest[0]}` };
  if (command === "operations") return { ask: "operations", ...common };
  return { ask: "call", operation: command, request, ...common };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options, allowPositionals: true });
}

function marginArguments(values: ReturnType<typeof parse>["values"], common: Common): Arguments {
  const {
    positions = [],
    market = positions,
    sample = false,
    method,
    rules,
    override: overrides = [],
    mapping,
  } = values;
  if (method === undefined)
    return { ask: "usage", problem: "margin needs --method ID; see: marginscope methodology.list" };
  if (sample === positions.length > 0 || (sample && market.length > 0))
    return { ask: "usage", problem: "margin needs --positions FILE (and --market FILE), or --sample alone" };
  const margin = {
    positions,
    market,
    method,
    overrides,
    ...(rules !== undefined && { rules }),
    ...(mapping !== undefined && { mapping }),
  };
  return { ask: "margin", margin, ...common };
}
