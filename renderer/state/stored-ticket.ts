import { call } from "../client/index.ts";
import type { StressMode } from "../client/stress.ts";
import { type PriceBasis, type Ticket, type TicketLeg, takeUpTicket, whatIfStore } from "./what-if.ts";

const key = "what-if-ticket";
/** A quantity that is dragged is stored once, when it rests. */
const saveAfterMs = 250;

/** Takes up the ticket as it was left, and remembers every change from then on; limits have a setting of their own. */
export async function startTicket(): Promise<void> {
  const answer = await call("setting.get", { key });
  const stored = answer.ok ? readTicket(answer.value.value) : undefined;
  if (stored) takeUpTicket(stored);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let kept = JSON.stringify(ticketOf(whatIfStore.getState()));
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const text = JSON.stringify(ticketOf(whatIfStore.getState()));
    if (text === kept) return;
    kept = text;
    void call("setting.set", { key, value: JSON.parse(text) });
  };
  whatIfStore.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(save, saveAfterMs);
  });
  globalThis.addEventListener?.("pagehide", save);
}

function ticketOf({ legs, savedLegs, methods, name, stress, stressMode, stressScale }: Ticket): Ticket {
  return { legs, savedLegs, methods, name, stress, stressMode, stressScale };
}

/** What of a stored value can be used: legs without a contract or a quantity are left out. */
export function readTicket(value: unknown): Ticket | undefined {
  if (!isRecord(value)) return undefined;
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((one): one is string => typeof one === "string") : [];
  const { stressScale: scale } = value;
  return {
    stressMode: modes.find((known) => known === value.stressMode) ?? "instant",
    stressScale: typeof scale === "number" && scale >= 0.25 && scale <= 3 ? scale : 1.5,
    ...{ legs: legsFrom(value.legs), savedLegs: legsFrom(value.savedLegs), methods: texts(value.methods) },
    ...{ name: typeof value.name === "string" ? value.name : "", stress: texts(value.stress) },
  };
}

const modes: readonly StressMode[] = ["instant", "path", "scaled"];
const bases: readonly PriceBasis[] = ["mark", "stated", "bid-ask"];

function legsFrom(value: unknown): readonly TicketLeg[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((leg: unknown): TicketLeg[] => {
    if (!isRecord(leg) || typeof leg.symbol !== "string" || leg.symbol === "") return [];
    if (typeof leg.quantity !== "number" || !Number.isFinite(leg.quantity) || typeof leg.key !== "number") return [];
    const price = typeof leg.price === "number" && Number.isFinite(leg.price) ? leg.price : undefined;
    const basis = bases.find((known) => known === leg.basis) ?? "mark";
    return [
      {
        ...{ key: leg.key, symbol: leg.symbol, quantity: leg.quantity, price },
        venue: typeof leg.venue === "string" ? leg.venue : "",
        quantityUnit: typeof leg.quantityUnit === "string" ? leg.quantityUnit : "",
        // A stated price that is not there is none.
        basis: basis === "stated" && price === undefined ? "mark" : basis,
      },
    ];
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
