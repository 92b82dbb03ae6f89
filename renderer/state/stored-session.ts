import { call } from "../client/index.ts";
import type { RulesChoice } from "../client/types.ts";
import { type Chosen, type StoredChoice, session } from "./session.ts";

const key = "session";

/** Takes up what was chosen last time, when it still exists, and remembers every choice from then on. */
export async function startSession(): Promise<void> {
  const [answer, methodologies, portfolios, markets, histories, parameterFiles] = await Promise.all([
    call("setting.get", { key }),
    call("methodology.list", {}),
    call("portfolio.list", {}),
    call("market.list", {}),
    call("history.list", {}),
    call("parameter-file.list", {}),
  ]);
  const known = methodologies.ok ? methodologies.value.map(({ id }) => id) : [];
  const given = answer.ok && isRecord(answer.value.value) ? answer.value.value : {};
  const { portfolio, market, methodology } = session.getState();
  const [fallback = methodology] = known.includes(methodology) ? [methodology] : known;
  const chosenMethod = typeof given.methodology === "string" && known.includes(given.methodology);
  const parameterFile = storedFrom(given.parameterFile, parameterFiles.ok ? parameterFiles.value : []);
  const pricesOfFile = parameterFile !== undefined && given.market === null;
  session.setState({
    portfolio: chosenFrom(given.portfolio, portfolios.ok ? portfolios.value : []) ?? portfolio,
    market: chosenFrom(given.market, markets.ok ? markets.value : []) ?? (pricesOfFile ? undefined : market),
    methodology: chosenMethod ? String(given.methodology) : fallback,
    rules: chosenMethod ? rulesFrom(given.rules) : undefined,
    history: chosenFrom(given.history, histories.ok ? histories.value : []),
    parameterFile,
  });
  session.subscribe((now, before) => {
    const same =
      now.portfolio === before.portfolio &&
      now.market === before.market &&
      now.methodology === before.methodology &&
      now.rules === before.rules &&
      now.history === before.history &&
      now.parameterFile === before.parameterFile;
    if (same) return;
    const rules = now.rules && !("parameters" in now.rules) ? now.rules : null;
    const { portfolio = null, market = null, history = null, parameterFile = null, methodology } = now;
    const value = { portfolio, market, methodology, rules, history, parameterFile };
    void call("setting.set", { key, value: JSON.parse(JSON.stringify(value)) });
  });
}

function chosenFrom(value: unknown, stored: readonly { id: string; name: string }[]): Chosen | undefined {
  if (!isRecord(value)) return undefined;
  return value.sample === true ? { sample: true } : storedFrom(value, stored);
}

function storedFrom(value: unknown, stored: readonly { id: string; name: string }[]): StoredChoice | undefined {
  if (!isRecord(value)) return undefined;
  const found = stored.find(({ id }) => id === value.id);
  return found && { id: found.id, name: found.name };
}

function rulesFrom(value: unknown): RulesChoice | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value.name === "string") return { name: value.name };
  return typeof value.date === "string" ? { date: value.date } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
