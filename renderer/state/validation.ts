import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import type { ValidationRequest } from "../client/through-time.ts";
import type { Failure, Output } from "../client/types.ts";
import { backtestStore } from "./backtest.ts";
import { startJob } from "./jobs.ts";
import { createWork } from "./work.ts";

interface ValidationState {
  /** Coverage the methods promise, fraction. */
  readonly confidence: number;
  /** Probability of rejecting a right model, fraction. */
  readonly level: number;
  /** How close-out periods that overlap are dealt with. */
  readonly overlap: "every-hth" | "block-bootstrap";
  /** Id of the backtest that is or was validated. */
  readonly of: string | undefined;
  readonly choose: (change: Partial<Pick<ValidationState, "confidence" | "level" | "overlap">>) => Promise<void>;
  /** Validates the backtest that is shown, unless that was done already. */
  readonly validate: (again?: boolean) => Promise<void>;
  readonly exportAs: (format: "html" | "csv" | "json" | "series") => Promise<Output<"validation.export"> | Failure>;
}

export const validationWork = createWork("validation.run", "validation");

export const validationStore = createStore<ValidationState>()((set, get) => ({
  confidence: 0.99,
  level: 0.05,
  overlap: "every-hth",
  of: undefined,
  choose: async (change) => {
    set(change);
    await get().validate(true);
  },
  validate: async (again = false) => {
    const { shown } = backtestStore.getState();
    const id = shown?.entry?.id;
    if (id === undefined || (!again && get().of === id)) return;
    set({ of: id });
    await validationWork.getState().run(requestOf(id, get()), `Validation of ${shown?.name}`);
  },
  exportAs: async (format) => {
    const { of } = get();
    if (of === undefined) return { reason: "not-found", message: "there is no validation to export" };
    const answer = await startJob(
      "validation.export",
      { ...requestOf(of, get()), format },
      { label: `Validation report, ${format}`, panel: "validation" },
    ).result;
    return answer.ok ? answer.value : answer.failure;
  },
}));

export const useValidation = <T>(select: (state: ValidationState) => T): T => useStore(validationStore, select);

function requestOf(
  backtest: string,
  { confidence, level, overlap }: Pick<ValidationState, "confidence" | "level" | "overlap">,
): ValidationRequest {
  return { data: { backtest, confidence }, settings: { level, overlap } };
}

/** Another backtest, or the same one walked again: its validation is another one. */
backtestStore.subscribe((now, before) => {
  const [entry, last] = [now.shown?.entry, before.shown?.entry];
  if (entry?.id === last?.id && entry?.savedAtMs === last?.savedAtMs) return;
  if (entry === undefined) validationWork.getState().outdate();
  else validationStore.setState({ of: undefined });
});
