import { saveAnswered } from "../../app/download.ts";
import { call } from "../../client/index.ts";
import type { Failure, StoredSummary } from "../../client/types.ts";
import { libraryStore } from "../../state/library.ts";
import { preferences } from "../../state/preferences.ts";
import { type Chosen, session } from "../../state/session.ts";
import { openStoredRun } from "../../state/stored-run.ts";

export type ShelfId = "portfolios" | "markets" | "histories" | "panels" | "parameterFiles" | "runs" | "overrideSets";

/** One kind of stored things and what can be done with them. Each action answers a failure or nothing. */
export interface Shelf {
  readonly id: ShelfId;
  readonly title: string;
  /** As in `Delete portfolio "Book"`. */
  readonly noun: string;
  /** Word of the button that opens an entry, as in `Use`. */
  readonly verb: string;
  readonly open: (entry: StoredSummary) => Promise<Failure | undefined>;
  readonly rename?: (entry: StoredSummary, name: string) => Promise<Failure | undefined>;
  readonly remove: (entry: StoredSummary) => Promise<Failure | undefined>;
  /** What else can be done with an entry. */
  readonly more?: readonly ShelfAction[];
}

export interface ShelfAction {
  readonly label: (entry: StoredSummary) => string;
  readonly destructive?: boolean;
  readonly run: (entry: StoredSummary) => Promise<Failure | undefined>;
}

const chosen = ({ id, name }: StoredSummary): Chosen => ({ id, name });

export const shelves: readonly Shelf[] = [
  {
    id: "portfolios",
    title: "Portfolios",
    noun: "portfolio",
    verb: "Use",
    open: async (entry) => {
      session.getState().choosePortfolio(chosen(entry));
      return undefined;
    },
    rename: async ({ id }, name) => {
      const failure = failureOf(await call("portfolio.rename", { id, name }));
      const { portfolio } = session.getState();
      if (!failure && portfolio && "id" in portfolio && portfolio.id === id)
        session.setState({ portfolio: { id, name } });
      return failure;
    },
    remove: async ({ id }) => {
      const failure = failureOf(await call("portfolio.delete", { id }));
      const { portfolio, choosePortfolio } = session.getState();
      if (!failure && portfolio && "id" in portfolio && portfolio.id === id) choosePortfolio({ sample: true });
      return failure;
    },
  },
  {
    id: "markets",
    title: "Markets",
    noun: "market",
    verb: "Use",
    open: async (entry) => {
      session.getState().chooseMarket(chosen(entry));
      return undefined;
    },
    rename: async ({ id }, name) => {
      const failure = failureOf(await call("market.rename", { id, name }));
      const { market } = session.getState();
      if (!failure && market && "id" in market && market.id === id) session.setState({ market: { id, name } });
      return failure;
    },
    remove: async ({ id }) => {
      const failure = failureOf(await call("market.delete", { id }));
      const { market, chooseMarket } = session.getState();
      if (!failure && market && "id" in market && market.id === id) chooseMarket({ sample: true });
      return failure;
    },
  },
  {
    id: "histories",
    title: "Histories",
    noun: "history",
    verb: "Use",
    open: async (entry) => {
      session.getState().chooseHistory(chosen(entry));
      return undefined;
    },
    rename: async ({ id }, name) => {
      const failure = failureOf(await call("history.rename", { id, name }));
      const { history } = session.getState();
      if (!failure && history && "id" in history && history.id === id) session.setState({ history: { id, name } });
      return failure;
    },
    remove: async ({ id }) => {
      const failure = failureOf(await call("history.delete", { id }));
      const { history, chooseHistory } = session.getState();
      if (!failure && history && "id" in history && history.id === id) chooseHistory(undefined);
      return failure;
    },
    more: [{ label: () => "Export CSV", run: async ({ id }) => handOver(await call("history.export", { id })) }],
  },
  {
    id: "panels",
    title: "Panels",
    noun: "panel",
    verb: "Use last market",
    open: async ({ id }) => {
      const answer = await call("panel.get", { id });
      if (!answer.ok) return answer.failure;
      const last = answer.value.content.entries.at(-1);
      const market = libraryStore.getState().markets.find((entry) => entry.id === last?.marketId);
      if (!market)
        return { reason: "not-found", message: "the last market of this panel is not in the library any more" };
      session.getState().chooseMarket(chosen(market));
      return undefined;
    },
    rename: async ({ id }, name) => failureOf(await call("panel.rename", { id, name })),
    remove: async ({ id }) => failureOf(await call("panel.delete", { id })),
    more: [
      {
        label: ({ name }) => `Delete panel “${name}” with its markets`,
        destructive: true,
        run: async ({ id }) => {
          const failure = failureOf(await call("panel.delete", { id, markets: true }));
          if (failure) return failure;
          await libraryStore.getState().refresh();
          const { market, chooseMarket } = session.getState();
          const gone = market && "id" in market && !libraryStore.getState().markets.some((m) => m.id === market.id);
          if (gone) chooseMarket({ sample: true });
          return undefined;
        },
      },
    ],
  },
  {
    id: "parameterFiles",
    title: "Parameter files",
    noun: "parameter file",
    verb: "Use",
    open: async ({ id, name }) => {
      session.getState().chooseParameterFile({ id, name });
      return undefined;
    },
    remove: async ({ id }) => {
      const failure = failureOf(await call("parameter-file.delete", { id }));
      const { parameterFile, chooseParameterFile } = session.getState();
      if (!failure && parameterFile?.id === id) chooseParameterFile(undefined);
      return failure;
    },
  },
  {
    id: "runs",
    title: "Runs",
    noun: "run",
    verb: "Open",
    open: ({ id }) => openStoredRun(id),
    remove: async ({ id }) => failureOf(await call("run.delete", { id })),
    more: (["html", "xlsx", "csv", "json"] as const).map((format) => ({
      label: () =>
        format === "html"
          ? "Export as a page to print"
          : format === "xlsx"
            ? "Export Excel"
            : `Export ${format.toUpperCase()}`,
      run: async ({ id }: StoredSummary) => {
        const { maskAccounts } = preferences.getState();
        return handOver(await call("run.export", { id, format, maskAccounts }));
      },
    })),
  },
  {
    id: "overrideSets",
    title: "Overrides",
    noun: "set of overrides",
    verb: "Apply",
    open: async ({ id }) => {
      const answer = await call("overrides.get", { id });
      if (!answer.ok) return answer.failure;
      const { methodology, overrides } = answer.value.content;
      const { methodology: current, selectMethodology, setOverrides } = session.getState();
      if (current !== methodology) selectMethodology(methodology);
      setOverrides(overrides);
      return undefined;
    },
    remove: async ({ id }) => failureOf(await call("overrides.delete", { id })),
  },
];

/** Hands a file that the engine made to the browser or Electron. */
function handOver(answer: Awaited<ReturnType<typeof call<"history.export" | "run.export">>>): Failure | undefined {
  if (!answer.ok) return answer.failure;
  saveAnswered(answer.value);
  return undefined;
}

function failureOf(
  answer: { readonly ok: true } | { readonly ok: false; readonly failure: Failure },
): Failure | undefined {
  return answer.ok ? undefined : answer.failure;
}
