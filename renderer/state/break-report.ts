import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { BreakRequest } from "../client/reports.ts";
import type { Failure, ImportFile, Output, RulesChoice, StoredSummary } from "../client/types.ts";
import { startJob } from "./jobs.ts";
import { requestOf, session } from "./session.ts";
import { createWork } from "./work.ts";

type Statement = Output<"reply.read">;

/** Where positions and prices of a break report come from. */
export type Basis = "reply" | "session";

interface BreakReportState {
  readonly files: readonly ImportFile[];
  /** What the files say; absent while they are read and when they cannot be. */
  readonly statement: Statement | undefined;
  /** Why the files cannot be used. */
  readonly unreadable: Failure | undefined;
  /** Absent: the method the reply speaks of. */
  readonly methodology: string | undefined;
  /** Absent: the version in force on the day of the market. */
  readonly rules: RulesChoice | undefined;
  readonly positions: Basis;
  readonly prices: Basis;
  /** Stored reports, newest first. */
  readonly stored: readonly StoredSummary[];
  /** The stored report that is shown. */
  readonly kept: StoredSummary | undefined;
  readonly take: (files: readonly ImportFile[]) => Promise<void>;
  readonly choose: (change: Partial<Pick<BreakReportState, "methodology" | "rules" | "positions" | "prices">>) => void;
  readonly compare: () => Promise<void>;
  readonly refresh: () => Promise<void>;
  readonly openStored: (entry: StoredSummary) => Promise<Failure | undefined>;
  readonly save: (name: string) => Promise<Failure | undefined>;
  readonly remove: (entry: StoredSummary) => Promise<Failure | undefined>;
}

export const breakWork = createWork("break-report.run", "break-report");

export const breakReportStore = createStore<BreakReportState>()((set, get) => ({
  files: [],
  statement: undefined,
  unreadable: undefined,
  methodology: undefined,
  rules: undefined,
  positions: "reply",
  prices: "reply",
  stored: [],
  kept: undefined,
  take: async (files) => {
    set({ files, statement: undefined, unreadable: undefined, methodology: undefined, rules: undefined });
    const answer = await call("reply.read", { charged: [...files] });
    if (get().files !== files) return;
    if (!answer.ok) {
      set({ unreadable: answer.failure });
      return;
    }
    const { positions, quotes, indices } = answer.value;
    set({
      statement: answer.value,
      positions: (positions?.length ?? 0) > 0 ? "reply" : "session",
      prices: quotes.length + indices.length > 0 ? "reply" : "session",
    });
    await get().compare();
  },
  choose: (change) => {
    set(change);
    breakWork.getState().outdate();
  },
  compare: async () => {
    const request = breakRequestOf(get());
    if (!request) return;
    set({ kept: undefined });
    await breakWork.getState().run(
      request,
      `Break report, ${get()
        .files.map(({ name }) => name)
        .join(", ")}`,
    );
  },
  refresh: async () => {
    const answer = await call("break-report.list", {});
    if (answer.ok) set({ stored: answer.value });
  },
  openStored: async (entry) => {
    const answer = await call("break-report.get", { id: entry.id });
    if (!answer.ok) return answer.failure;
    set({ files: [], statement: undefined, unreadable: undefined, kept: entry });
    breakWork.getState().show(answer.value.content.report);
    return undefined;
  },
  save: async (name) => {
    const request = breakWork.getState().input;
    if (!request) return { reason: "not-found", message: "there is no break report to save" };
    const answer = await startJob("break-report.save", { name, request }, { label: `Save ${name}` }).result;
    if (!answer.ok) return answer.failure;
    set({ kept: answer.value });
    await get().refresh();
    return undefined;
  },
  remove: async (entry) => {
    const answer = await call("break-report.delete", { id: entry.id });
    if (!answer.ok) return answer.failure;
    if (get().kept?.id === entry.id) {
      set({ kept: undefined });
      if (breakWork.getState().input === undefined) breakWork.getState().clear();
    }
    await get().refresh();
    return undefined;
  },
}));

export const useBreakReport = <T>(select: (state: BreakReportState) => T): T => useStore(breakReportStore, select);

/** The request that the choices make; positions and prices that are not the reply's are the session's. */
function breakRequestOf({ files, methodology, rules, positions, prices }: BreakReportState): BreakRequest | undefined {
  if (files.length === 0) return undefined;
  const own = requestOf(session.getState());
  const { components = [], balances = [], edits = [] } = own ?? {};
  return {
    charged: [...files],
    ...(methodology !== undefined && { methodology }),
    ...(rules && { rules }),
    ...(positions === "session" && own && { portfolio: own.portfolio, components, balances, edits }),
    ...(prices === "session" && own && { market: own.market }),
    ...(own?.history && { history: own.history }),
    ...(own?.parameterFile && { parameterFile: own.parameterFile }),
  };
}
