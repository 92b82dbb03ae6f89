import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { Failure, Input, Output } from "../client/types.ts";
import { type StartedJob, startJob } from "./jobs.ts";
import { requestOf, session } from "./session.ts";
import { surfaceStore } from "./surface.ts";

/** What regions are told apart by; `off` leaves borders halfway between points. */
export type BorderChoice = NonNullable<Input<"surface.borders">["by"]> | "off";

interface BordersState {
  readonly by: BorderChoice;
  readonly borders: Output<"surface.borders"> | undefined;
  readonly state: "empty" | "loading" | "ready" | "error";
  readonly failure: Failure | undefined;
  readonly setBy: (by: BorderChoice) => void;
}

/** A surface must rest for this long before its borders are looked for: a control that moves asks for many. */
const restMs = 600;
/** Positions from which the grid of the search is coarser: cells are halved where borders run all the same. */
const manyPositions = 500;
const mostPoints = 41;
const fewPoints = 21;

let running: StartedJob<"surface.borders"> | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export const bordersStore = createStore<BordersState>()((set) => ({
  by: "binding",
  borders: undefined,
  state: "empty",
  failure: undefined,
  setBy: (by) => {
    set({ by });
    outdate();
    plan();
  },
}));

export const useBorders = <T>(select: (state: BordersState) => T): T => useStore(bordersStore, select);

/** Ends the search; borders that were found stay as long as their surface does. */
function stop(): void {
  clearTimeout(timer);
  running?.supersede();
  running = undefined;
  const { borders, state, failure } = bordersStore.getState();
  const now = borders === undefined ? "empty" : "ready";
  if (state !== now || failure !== undefined) bordersStore.setState({ state: now, failure: undefined });
}

function outdate(): void {
  if (bordersStore.getState().borders !== undefined) bordersStore.setState({ borders: undefined });
  stop();
}

function plan(): void {
  const { state, watchers } = surfaceStore.getState();
  if (bordersStore.getState().by === "off" || state !== "ready" || watchers === 0) return;
  timer = setTimeout(() => void search(), restMs);
}

async function search(): Promise<void> {
  const { by } = bordersStore.getState();
  const request = requestOf(session.getState());
  if (!request || by === "off") return;
  const { axes, day } = surfaceStore.getState();
  const most = (session.getState().result?.positions.length ?? 0) > manyPositions ? fewPoints : mostPoints;
  const fewer = <A extends { readonly count: number }>(axis: A): A => ({ ...axis, count: Math.min(axis.count, most) });
  const { price, volatility, days, ...others } = axes;
  const shown = days?.[day];
  const job = startJob(
    "surface.borders",
    {
      ...request,
      by,
      axes: {
        ...others,
        ...(price && { price: fewer(price) }),
        ...(volatility && { volatility: fewer(volatility) }),
        ...(shown !== undefined && { days: [shown] }),
      },
    },
    { label: "Borders of regions", panel: "surface" },
  );
  running = job;
  bordersStore.setState({ state: "loading" });
  const answer = await job.result;
  if (running !== job) return;
  running = undefined;
  if (answer.ok) bordersStore.setState({ borders: answer.value, state: "ready" });
  else if (answer.failure.reason === "cancelled") bordersStore.setState({ state: "empty" });
  else bordersStore.setState({ state: "error", failure: answer.failure });
}

surfaceStore.subscribe((now, before) => {
  const other =
    now.axes !== before.axes || now.day !== before.day || now.state !== before.state || now.surface !== before.surface;
  if (!other && now.watchers === before.watchers) return;
  if (now.surface !== before.surface || now.day !== before.day) outdate();
  else if (other) stop();
  if (other || now.watchers > before.watchers) {
    clearTimeout(timer);
    if (bordersStore.getState().borders === undefined) plan();
  }
});
