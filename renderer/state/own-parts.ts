import type { StoreApi } from "zustand/vanilla";
import type { OperationName } from "../client/types.ts";
import { onDuplicate, usePanelInstance } from "./panel-instance.ts";
import type { WorkState, WorkStore } from "./work.ts";

/** What each instance of a panel has of its own: what was chosen there, and its results. Made when first asked for. */
export interface OwnParts<P> {
  /** Of an instance; default: of the panel itself. */
  readonly of: (id?: string) => P;
  /** Of the instance that a component stands in. */
  readonly use: () => P;
  /** Of every instance there was. */
  readonly all: () => readonly P[];
}

/**
 * Choices and results for each instance of a panel; a duplicate begins with those of its original and asks on its own from then on.
 *
 * @param kind  id of the panel
 * @param make  parts of an instance; its jobs belong to the id
 * @param works the results among the parts, of two instances beside each other that have the same choices
 */
export function ownParts<P extends { readonly store: StoreApi<object> }>(
  kind: string,
  make: (id: string) => P,
  works: (from: P, to: P) => void,
): OwnParts<P> {
  const made = new Map<string, P>();
  const of = (id: string = kind): P => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const parts = make(id);
    made.set(id, parts);
    return parts;
  };
  onDuplicate(kind, (from, to) => {
    const [one, other] = [of(from), of(to)];
    other.store.setState(chosenIn(one.store.getState()));
    works(one, other);
  });
  return { of, use: () => of(usePanelInstance(kind)), all: () => [...made.values()] };
}

/** A result as another instance begins with it; what runs for the original stays there. */
export function copyWork<N extends OperationName>(from: WorkStore<N>, to: WorkStore<N>): void {
  const { value, input, state, computedAtMs } = from.getState();
  to.getState().clear();
  if (value !== undefined && (state === "ready" || state === "stale"))
    to.setState({ value, input, state, computedAtMs } as Partial<WorkState<N>>);
}

/** Values of a store; what it can do stays its own. */
function chosenIn(state: object): object {
  return Object.fromEntries(Object.entries(state).filter(([, value]) => typeof value !== "function"));
}
