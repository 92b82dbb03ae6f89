import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { decode } from "../../api/codec.ts";
import type { Output } from "../../api/contract.ts";
import { failed, type Result, success } from "../../base/index.ts";
import type { MarginArguments } from "./arguments.ts";
import { fileInput } from "./request-input.ts";

/** Asks the core: `import.inspect` for the mapping it suggests. */
type Ask = (operation: string, input: unknown) => Promise<Result<unknown>>;

/** The request of `margin.run` that the flags of `marginscope margin` stand for; dispatch checks it like any other. */
export async function marginRequest(margin: MarginArguments, ask: Ask): Promise<Result<unknown>> {
  const portfolio = await sourceOf(margin.positions, margin.mapping, ask);
  if (!portfolio.ok) return portfolio;
  const market = await sourceOf(margin.market, margin.mapping, ask);
  if (!market.ok) return market;
  const rules = margin.rules === undefined ? success(undefined) : await rulesOf(margin.rules);
  if (!rules.ok) return rules;
  const overrides: unknown[] = [];
  for (const text of margin.overrides) {
    const override = overrideOf(text);
    if (!override.ok) return override;
    overrides.push(override.value);
  }
  return success({
    portfolio: portfolio.value,
    market: market.value,
    methodology: margin.method,
    ...(rules.value !== undefined && { rules: rules.value }),
    overrides,
  });
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
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return success({ date: text });
  if (!/\.json$/i.test(text)) return success({ name: text });
  const parameters = await jsonOf(text);
  return parameters.ok ? success({ parameters: parameters.value, label: basename(text) }) : parameters;
}

async function jsonOf(path: string): Promise<Result<unknown>> {
  const content = await readFile(path, "utf8").catch((error: Error) => error);
  if (content instanceof Error) return failed("not-found", `${path} cannot be read: ${content.message}`, path);
  return decode(content);
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
