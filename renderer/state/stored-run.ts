import { call } from "../client/index.ts";
import type { Failure } from "../client/types.ts";
import { libraryStore } from "./library.ts";
import { type Chosen, session } from "./session.ts";

/** Takes up the inputs of a stored run and computes them again; its portfolio and market are found by their content. */
export async function openStoredRun(id: string): Promise<Failure | undefined> {
  const answer = await call("run.get", { id });
  if (!answer.ok) return answer.failure;
  const { request, result } = answer.value.content;
  const portfolio = heldAs(result.inputs.portfolio, "portfolios", result.synthetic);
  const market = heldAs(result.inputs.market, "markets", result.synthetic);
  if (!portfolio || !market) {
    const gone = portfolio ? "market" : "portfolio";
    const message = `the ${gone} of this run is not in the library any more; Replay computes the run from its own copy`;
    return { reason: "not-found", message };
  }
  const wanted = result.parameterFileName;
  const held = libraryStore.getState().parameterFiles.find(({ name }) => name === wanted);
  const parameterFile = held && { id: held.id, name: held.name };
  if (wanted !== undefined && !parameterFile) {
    const message = `the parameter file ${wanted} of this run is not in the library any more; Replay computes the run from its own copy`;
    return { reason: "not-found", message };
  }
  session.getState().takeUp({
    portfolio,
    market,
    methodology: request.methodology,
    rules: request.rules ?? { name: result.rules.version },
    overrides: request.overrides,
    edits: Object.fromEntries(request.edits.map(({ positionId, quantity }) => [positionId, quantity])),
    components: request.components,
    balances: request.balances,
    history: historyHeldAs(result.inputs.history, result.synthetic),
    parameterFile,
  });
  return undefined;
}

function heldAs(sha256: string, list: "portfolios" | "markets", synthetic: boolean): Chosen | undefined {
  const found = libraryStore.getState()[list].find((entry) => entry.sha256 === sha256);
  return found ? { id: found.id, name: found.name } : synthetic ? { sample: true } : undefined;
}

/** A history is part of the run's own copy: without it in the library, that of the sample is the only other one to be had. */
function historyHeldAs(sha256: string | undefined, synthetic: boolean): Chosen | undefined {
  if (sha256 === undefined) return undefined;
  const found = libraryStore.getState().histories.find((entry) => entry.sha256 === sha256);
  return found ? { id: found.id, name: found.name } : synthetic ? { sample: true } : undefined;
}
