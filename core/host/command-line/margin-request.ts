import { basename } from "node:path";
import { decode } from "../../api/codec.ts";
import type { Output } from "../../api/contract.ts";
import { failed, type Result, success } from "../../base/index.ts";
import type {
  CompareArguments,
  FileArguments,
  MarginArguments,
  MethodArguments,
  ReconcileArguments,
  RuleArguments,
  ValidateArguments,
} from "./arguments.ts";
import { fileInput, fileText } from "./request-input.ts";

/** Asks the core: `import.inspect` for the mapping it suggests. */
type Ask = (operation: string, input: unknown) => Promise<Result<unknown>>;

/** The request of `margin.run` that the flags of `marginscope margin` stand for; dispatch checks it like any other. */
export async function marginRequest(margin: MarginArguments, ask: Ask): Promise<Result<unknown>> {
  const sources = await sourcesOf(margin, ask);
  if (!sources.ok) return sources;
  const rules = await rulesRequest(margin);
  if (!rules.ok) return rules;
  return success({ ...sources.value, ...rules.value, methodology: margin.method });
}

/** The request of `break-report.run` that `marginscope reconcile` stands for. */
export async function reconcileRequest(given: ReconcileArguments, ask: Ask): Promise<Result<unknown>> {
  const charged: unknown[] = [];
  for (const path of given.charged) {
    const file = await fileInput(path);
    if (!file.ok) return file;
    charged.push(file.value);
  }
  const { positions, market, history, mapping } = given;
  const portfolio = positions.length === 0 ? success(undefined) : await sourceOf(positions, mapping, ask);
  if (!portfolio.ok) return portfolio;
  const prices = market.length === 0 ? success(undefined) : await sourceOf(market, mapping, ask);
  if (!prices.ok) return prices;
  const past = await historyOf(history);
  if (!past.ok) return past;
  const rules = await rulesRequest(given);
  if (!rules.ok) return rules;
  return success({
    charged,
    ...past.value,
    ...(portfolio.value !== undefined && { portfolio: portfolio.value }),
    ...(prices.value !== undefined && { market: prices.value }),
    ...(given.method !== undefined && { methodology: given.method }),
    ...rules.value,
  });
}

/** The request of `margin.comparison` that `marginscope compare` stands for; `id@version` names the version. */
export async function compareRequest(given: CompareArguments, ask: Ask): Promise<Result<unknown>> {
  const sources = await sourcesOf(given, ask);
  if (!sources.ok) return sources;
  return success({ ...sources.value, columns: columnsOf(given), reference: given.reference - 1 });
}

/** The request of `margin.netting-benefit`; without methods the operation takes its usual ones. */
export async function nettingRequest(given: CompareArguments, ask: Ask): Promise<Result<unknown>> {
  const sources = await sourcesOf(given, ask);
  if (!sources.ok) return sources;
  const columns = given.methods.length === 0 ? {} : { columns: columnsOf(given) };
  return success({ ...sources.value, ...columns, reference: given.reference - 1 });
}

/** The request of `margin.coverage`; without methods all are asked. */
export async function coverageRequest(given: MethodArguments, ask: Ask): Promise<Result<unknown>> {
  const sources = await sourcesOf(given, ask);
  if (!sources.ok || given.methods.length === 0) return sources;
  return success({ ...sources.value, methodologies: given.methods });
}

/** The request of `margin.mixed`: a part a method, in order. */
export async function mixedRequest(given: MethodArguments, ask: Ask): Promise<Result<unknown>> {
  const sources = await sourcesOf(given, ask);
  return sources.ok ? success({ ...sources.value, parts: columnsOf(given) }) : sources;
}

function columnsOf({ methods }: MethodArguments): readonly object[] {
  return methods.map((text) => {
    const [methodology, version] = text.split("@");
    return { methodology, ...(version !== undefined && { rules: rulesNamed(version) }) };
  });
}

/** The request of `validation.run` or `validation.export` that `marginscope validate` stands for. */
export async function validateRequest(given: ValidateArguments): Promise<Result<object>> {
  const { series, backtest, method, confidence, horizon, format } = given;
  const rules = await rulesRequest(given);
  if (!rules.ok) return rules;
  const files: unknown[] = [];
  for (const path of series) {
    const file = await fileInput(path);
    if (!file.ok) return file;
    files.push(file.value);
  }
  const promised = confidence === undefined ? {} : { confidence };
  const data =
    backtest === undefined
      ? { files, ...promised, ...(horizon !== undefined && { horizon }) }
      : { backtest, ...promised };
  return success({
    data,
    ...(method !== undefined && { model: { methodology: method, ...rules.value } }),
    ...(format !== undefined && { format }),
  });
}

async function sourcesOf(given: FileArguments, ask: Ask): Promise<Result<object>> {
  const { positions, market, history, mapping, parameterFile } = given;
  const portfolio = await sourceOf(positions, mapping, ask);
  if (!portfolio.ok) return portfolio;
  const fromFile = parameterFile !== undefined && positions.length > 0 && market.length === 0;
  const prices = fromFile ? success(undefined) : await sourceOf(market, mapping, ask);
  if (!prices.ok) return prices;
  const past = await historyOf(history);
  if (!past.ok) return past;
  const arrays = await parameterFileOf(parameterFile);
  if (!arrays.ok) return arrays;
  const known = prices.value === undefined ? {} : { market: prices.value };
  return success({ portfolio: portfolio.value, ...known, ...past.value, ...arrays.value });
}

/** The parameter file of a request: nothing without the flag. */
async function parameterFileOf(given: string | undefined): Promise<Result<object>> {
  if (given === undefined) return success({});
  if (given.startsWith("id:")) return success({ parameterFile: { id: given.slice(3) } });
  const file = await fileInput(given);
  return file.ok ? success({ parameterFile: { files: [file.value] } }) : file;
}

/** The history of a request: nothing without the flag. */
async function historyOf(given: readonly string[] | undefined): Promise<Result<object>> {
  if (given === undefined) return success({});
  const [only] = given;
  if (given.length === 1 && only === "sample") return success({ history: { sample: true } });
  if (given.length === 1 && only?.startsWith("id:") === true) return success({ history: { id: only.slice(3) } });
  const files: unknown[] = [];
  for (const path of given) {
    const file = await fileInput(path);
    if (!file.ok) return file;
    files.push(file.value);
  }
  return success({ history: { files } });
}

async function rulesRequest(given: RuleArguments): Promise<Result<object>> {
  const rules = given.rules === undefined ? success(undefined) : await rulesOf(given.rules);
  if (!rules.ok) return rules;
  const overrides: unknown[] = [];
  for (const text of given.overrides) {
    const override = overrideOf(text);
    if (!override.ok) return override;
    overrides.push(override.value);
  }
  return success({ ...(rules.value !== undefined && { rules: rules.value }), overrides });
}

async function sourceOf(paths: readonly string[], mapping: string | undefined, ask: Ask): Promise<Result<unknown>> {
  if (paths.length === 0) return success({ sample: true });
  const files: unknown[] = [];
  for (const path of paths) {
    const file = await fileInput(path);
    if (!file.ok) return file;
    files.push(file.value);
  }
  if (mapping === undefined) return success({ files });
  const mappings = await mappingsOf(files, mapping, ask);
  return mappings.ok ? success({ files, mappings: mappings.value }) : mappings;
}

/** A mapping for each file that is a table no format claims. */
async function mappingsOf(files: readonly unknown[], mapping: string, ask: Ask): Promise<Result<unknown>> {
  const inspected = await ask("import.inspect", { files });
  if (!inspected.ok) return inspected;
  const given = mapping === "suggested" ? success(undefined) : await jsonOf(mapping);
  if (!given.ok) return given;
  const unknown = (inspected.value as Output<"import.inspect">).flatMap(({ name, format, table }) =>
    table !== undefined && format === undefined ? [[name, given.value ?? table.suggested] as const] : [],
  );
  return success(Object.fromEntries(unknown));
}

/** A day, the file of a whole parameter set, or else the name of a version. */
async function rulesOf(text: string): Promise<Result<unknown>> {
  if (!/\.json$/i.test(text)) return success(rulesNamed(text));
  const parameters = await jsonOf(text);
  return parameters.ok ? success({ parameters: parameters.value, label: basename(text) }) : parameters;
}

function rulesNamed(text: string): unknown {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? { date: text } : { name: text };
}

async function jsonOf(path: string): Promise<Result<unknown>> {
  const content = await fileText(path);
  return content.ok ? decode(content.value) : content;
}

/** `/pairs/btc_usd/priceRange=0.2`; the leading slash may be left out. */
function overrideOf(text: string): Result<unknown> {
  const at = text.indexOf("=");
  if (at < 1) return failed("invalid-input", `--override ${text}: expected PATH=VALUE`, text);
  const [path, value] = [text.slice(0, at), text.slice(at + 1)];
  return success({ path: path.startsWith("/") ? path : `/${path}`, value: literal(value) });
}

function literal(text: string): number | string | boolean {
  if (text === "true" || text === "false") return text === "true";
  const number = Number(text);
  return text.trim() !== "" && Number.isFinite(number) ? number : text;
}
