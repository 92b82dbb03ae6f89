import type { AccountCharge, Line, RiskMatrix } from "../../methodology/index.ts";

/** What starts or stops to act at a kink; in the order in which one is named before another at the same place. */
export const kinkKinds = [
  "equity",
  "liquidation",
  "call",
  "expiry",
  "scenario",
  "floor",
  "concentration",
  "tier",
  "charge",
  "component",
] as const;

/**
 * equity: falls to 0 or back. liquidation, call: margin balance crosses maintenance, initial margin. expiry: contracts are settled.
 * scenario: another one binds. floor: a minimum takes over or lets go. concentration: an add-on for size starts or stops. tier: other
 * parameters of the rulebook are read. charge: a line starts or stops. component: another child of a largest or smallest binds.
 */
export type KinkKind = (typeof kinkKinds)[number];

/** One thing that a kink changes, where it stands now. */
export interface KinkState {
  readonly kind: KinkKind;
  /** Compared between markets. */
  readonly state: string;
  /** The state in the words of the statement. */
  readonly text: string;
  readonly account: string;
  /** Line of the statement that says it; absent for matrices and positions. */
  readonly lineId?: string;
}

/** Amounts nearer than this share of the larger one bind together: the first one is named. */
const tie = 1e-9;

/**
 * Structure of a charge: which scenario, child, parameters and lines act. Markets between which no state differs lie on one smooth piece of
 * the margin. Lines of single positions are left out.
 *
 * @param accounts  charged accounts, with their statement
 * @param positions number of positions in the book
 * @returns by a key that names the same thing at every market
 */
export function kinkStates(accounts: readonly AccountCharge[], positions: number): ReadonlyMap<string, KinkState> {
  const states = new Map<string, KinkState>();
  states.set("positions", { kind: "expiry", state: String(positions), text: `${positions} positions`, account: "" });
  for (const account of accounts) {
    addBalances(states, account);
    for (const [at, matrix] of account.matrices.entries()) addMatrix(states, account.id, at, matrix);
    for (const whole of [account.initial, account.maintenance]) addLines(states, account.id, whole, "");
  }
  return states;
}

/** A line and those below it; a line is named with the one above it, `Delta shock: Cap`. */
function addLines(states: Map<string, KinkState>, account: string, line: Line, above: string): void {
  if (line.positionId === undefined && line.component !== "position")
    addLine(states, account, line, above === "" ? line.label : `${above}: ${line.label}`);
  for (const child of line.children) addLines(states, account, child, line.label);
}

function addBalances(
  states: Map<string, KinkState>,
  { id, equity, marginBalance, initial, maintenance }: AccountCharge,
): void {
  const add = (kind: KinkKind, line: Line, against: Line | undefined): void => {
    const short = line.amount < (against?.amount ?? 0);
    const text = `${line.label} ${short ? "below" : "at or above"} ${against?.label ?? "0"}`;
    states.set(`${id}/${kind}`, { kind, state: short ? "below" : "above", text, account: id, lineId: line.id });
  };
  if (equity !== undefined) add("equity", equity, undefined);
  if (marginBalance === undefined) return;
  add("call", marginBalance, initial);
  add("liquidation", marginBalance, maintenance);
}

function addMatrix(states: Map<string, KinkState>, account: string, at: number, matrix: RiskMatrix): void {
  const { bindingScenarioId, cells, title, setId } = matrix;
  const label = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId)?.label;
  const text =
    bindingScenarioId === undefined ? `${title}: no scenario loses` : `${title}: ${label ?? bindingScenarioId} binds`;
  states.set(`${account}/matrix/${at}/${setId}`, { kind: "scenario", state: bindingScenarioId ?? "", text, account });
}

function addLine(states: Map<string, KinkState>, account: string, line: Line, name: string): void {
  const { id, label, combine, amount, children, inputs, component } = line;
  const at = { account, lineId: id };
  const acts = amount !== 0;
  const concentrated = /concentration|contingency|liquidity/i.test(`${id} ${label}`);
  const kind = concentrated ? "concentration" : component === "floor" ? "floor" : "charge";
  states.set(`${id}/acts`, { kind, state: acts ? "acts" : "0", text: `${name} ${acts ? "acts" : "is 0"}`, ...at });
  if (combine.kind === "max" || combine.kind === "min") {
    const binding = bindingChild(combine.kind, children);
    if (binding !== undefined) {
      const isFloor = children.some((child) => child.component === "floor" || /floor|minimum/i.test(child.label));
      const text = `${name}: ${binding.label} binds`;
      states.set(`${id}/binds`, { kind: isFloor ? "floor" : "component", state: binding.id, text, ...at });
    }
  }
  const read = inputs.flatMap((input) =>
    input.parameter === undefined ? [] : [{ ...input, parameter: input.parameter }],
  );
  if (read.length === 0 || !acts) return;
  const text = `${name}: ${read.map((input) => `${input.label} ${input.value}`).join(", ")}`;
  states.set(`${id}/reads`, { kind: "tier", state: read.map(({ parameter }) => parameter).join(" "), text, ...at });
}

/** The first of the children that is the largest or smallest, those that tie with it included. */
function bindingChild(kind: "max" | "min", children: readonly Line[]): Line | undefined {
  const sign = kind === "max" ? 1 : -1;
  let best = Number.NEGATIVE_INFINITY;
  for (const { amount } of children) best = Math.max(best, sign * amount);
  return children.find(({ amount }) => sign * amount >= best - tie * Math.abs(best));
}
