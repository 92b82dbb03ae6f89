import { failed, type Result, success, type Work } from "../../base/index.ts";
import type { AddedLeg } from "../../margin/index.ts";
import { totalsOf } from "../../margin/index.ts";
import { type BaseState, chargeAfter } from "./book-state.ts";
import { scaledLegs } from "./scaled-legs.ts";

/** The margin after some of the legs are traded. USD. */
export interface ExecutionStep {
  /** Place of the leg traded last; absent at the start. */
  readonly leg?: number;
  readonly symbol?: string;
  /** Slice of the leg, from 1, of how many. */
  readonly slice?: number;
  readonly of?: number;
  readonly initialUsd: number;
  readonly maintenanceUsd: number;
  /** Margin balance less initial margin of the account nearest to a call; absent without a balance. */
  readonly callRoomUsd?: number;
  readonly headroomUsd?: number;
}

/** Margin along an order of execution: its end is not its peak. */
export interface ExecutionPath {
  readonly order: readonly number[];
  readonly steps: readonly ExecutionStep[];
  /** Largest initial margin of any step, and the step (0 is the start). */
  readonly peakUsd: number;
  readonly peakStep: number;
  readonly endUsd: number;
  /** Smallest room to a call of any step; absent without a balance. */
  readonly lowestCallRoomUsd?: number;
}

export interface ExecutionSteps {
  readonly methodology: string;
  readonly version: string;
  /** In the order asked for, each leg in slices. */
  readonly asked: ExecutionPath;
  /** Whole legs in the orders with the lowest and the highest peak; absent beyond 8 legs. */
  readonly best?: ExecutionPath;
  readonly worst?: ExecutionPath;
}

/** Beyond this many legs there are too many subsets to margin. */
const mostOrdered = 8;

/**
 * Initial margin after each step of execution, from the book as it is to the whole ticket.
 *
 * @param order  places of the legs, each once
 * @param slices equal parts each leg is traded in; ≥ 1
 * @returns the path asked for and, up to 8 legs, those of whole legs with the lowest and the highest peak (of equal peaks the smaller, or
 *          larger, sum over the steps; then the first in order of the ticket); failures as of `marginTotals`, or `cancelled`
 */
export async function executionSteps(
  base: BaseState,
  legs: readonly AddedLeg[],
  { order, slices }: { readonly order: readonly number[]; readonly slices: number },
  work: Work,
): Promise<Result<ExecutionSteps>> {
  const ordered = legs.length <= mostOrdered ? 1 << legs.length : 0;
  const total = order.length * slices + ordered;
  let done = 0;
  const margined = async (traded: readonly AddedLeg[]): Promise<Result<Margins>> => {
    work.progress(done, total, "steps");
    done += 1;
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    return marginsOf(base, traded);
  };
  const asked = await pathInSlices(legs, order, slices, margined);
  if (!asked.ok) return asked;
  const named = { methodology: base.run.methodology.id, version: base.run.rules.version, asked: asked.value };
  if (ordered === 0) return success(named);
  const states: Margins[] = [];
  for (let subset = 0; subset < ordered; subset++) {
    const state = await margined(legs.filter((_, place) => (subset & (1 << place)) !== 0));
    if (!state.ok) return state;
    states.push(state.value);
  }
  const path = (best: boolean): ExecutionPath => {
    const found = bestOrder(
      states.map(({ initialUsd }) => (best ? initialUsd : -initialUsd)),
      legs.length,
      best,
    );
    const subsets = found.map((_, at) => found.slice(0, at + 1).reduce((subset, place) => subset | (1 << place), 0));
    const steps = subsets.map((subset, at): ExecutionStep => {
      const place = found[at] ?? 0;
      const symbol = legs[place]?.instrument.symbol ?? "";
      return { leg: place, symbol, slice: 1, of: 1, ...(states[subset] as Margins) };
    });
    return pathOf(found, [states[0] as Margins, ...steps]);
  };
  return success({ ...named, best: path(true), worst: path(false) });
}

type Margins = Pick<ExecutionStep, "initialUsd" | "maintenanceUsd" | "callRoomUsd" | "headroomUsd">;

function marginsOf(base: BaseState, legs: readonly AddedLeg[]): Result<Margins> {
  const charge = chargeAfter(base, { legs });
  if (!charge.ok) return charge;
  const { accounts } = charge.value;
  const { initialUsd, maintenanceUsd } = totalsOf(accounts);
  const rooms = accounts.flatMap(({ marginBalance, usdPerUnit, initial, maintenance }) =>
    marginBalance === undefined
      ? []
      : [
          {
            call: usdPerUnit * (marginBalance.amount - initial.amount),
            head: usdPerUnit * (marginBalance.amount - maintenance.amount),
          },
        ],
  );
  if (rooms.length === 0) return success({ initialUsd, maintenanceUsd });
  const callRoomUsd = Math.min(...rooms.map(({ call }) => call));
  const headroomUsd = Math.min(...rooms.map(({ head }) => head));
  return success({ initialUsd, maintenanceUsd, callRoomUsd, headroomUsd });
}

async function pathInSlices(
  legs: readonly AddedLeg[],
  order: readonly number[],
  slices: number,
  margined: (legs: readonly AddedLeg[]) => Promise<Result<Margins>>,
): Promise<Result<ExecutionPath>> {
  const start = await margined([]);
  if (!start.ok) return start;
  const steps: ExecutionStep[] = [start.value];
  const traded: AddedLeg[] = [];
  for (const place of order) {
    const leg = legs[place];
    if (leg === undefined) continue;
    for (let slice = 1; slice <= slices; slice++) {
      // The last slice is the leg itself, so that the end is the whole ticket to the last bit.
      const part = slice === slices ? [leg] : scaledLegs([leg], slice / slices);
      const state = await margined(inTicketOrder(legs, [...traded, ...part]));
      if (!state.ok) return state;
      steps.push({ leg: place, symbol: leg.instrument.symbol, slice, of: slices, ...state.value });
    }
    traded.push(leg);
  }
  return success(pathOf(order, steps));
}

/** Sums do not depend on the order of execution: legs stand as in the ticket. */
function inTicketOrder(legs: readonly AddedLeg[], traded: readonly AddedLeg[]): readonly AddedLeg[] {
  const placeOf = (leg: AddedLeg): number => {
    const own = legs.indexOf(leg);
    return own >= 0 ? own : legs.findIndex(({ instrument }) => instrument === leg.instrument);
  };
  return [...traded].sort((a, b) => placeOf(a) - placeOf(b));
}

function pathOf(order: readonly number[], steps: readonly ExecutionStep[]): ExecutionPath {
  let peakStep = 0;
  for (const [at, { initialUsd }] of steps.entries())
    if (initialUsd > (steps[peakStep]?.initialUsd ?? 0)) peakStep = at;
  const rooms = steps.flatMap(({ callRoomUsd }) => callRoomUsd ?? []);
  return {
    order,
    steps,
    peakUsd: steps[peakStep]?.initialUsd ?? 0,
    peakStep,
    endUsd: steps.at(-1)?.initialUsd ?? 0,
    ...(rooms.length === 0 ? {} : { lowestCallRoomUsd: Math.min(...rooms) }),
  };
}

/**
 * The order whose largest value over the subsets it passes is lowest: dynamic programming over subsets.
 *
 * @param values by subset, as bits
 * @param lowest false: `values` are negated, and the highest peak is wanted: the order that passes the lowest negated value
 */
function bestOrder(values: readonly number[], count: number, lowest: boolean): readonly number[] {
  const peak = (a: number, b: number): number => (lowest ? Math.max(a, b) : Math.min(a, b));
  const reached: { readonly peak: number; readonly sum: number; readonly order: readonly number[] }[] = [
    { peak: values[0] ?? 0, sum: 0, order: [] },
  ];
  for (let subset = 1; subset < 1 << count; subset++) {
    for (let place = 0; place < count; place++) {
      const before = (subset & (1 << place)) === 0 ? undefined : reached[subset ^ (1 << place)];
      if (before === undefined) continue;
      const value = values[subset] ?? 0;
      const next = { peak: peak(before.peak, value), sum: before.sum + value, order: [...before.order, place] };
      const known = reached[subset];
      if (known === undefined || next.peak < known.peak || (next.peak === known.peak && next.sum < known.sum))
        reached[subset] = next;
    }
  }
  return reached[(1 << count) - 1]?.order ?? [];
}
