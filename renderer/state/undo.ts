import { createStore } from "zustand/vanilla";

/** One edit of the user's that can be taken back. */
export interface Edit {
  /** Names what was changed, after "Undo: ", e.g. `quantity of BTC-PERPETUAL`. */
  readonly label: string;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Edits with the same key that follow each other quickly, e.g. of a dragged slider, are taken back together. */
  readonly merge?: string;
}

interface UndoState {
  /** Oldest first; the last is undone next. */
  readonly done: readonly Edit[];
  /** The last is redone next. */
  readonly undone: readonly Edit[];
  /** What the last undo or redo did, `Undone: quantity of BTC-PERPETUAL`; told to assistive technology. */
  readonly said: string;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly clear: () => void;
}

const kept = 200;
const mergeMs = 1000;

/** The one history of the workspace: inputs, layout, what-if and scenario edits in the order they were made. */
export const undoStore = createStore<UndoState>()((set, get) => ({
  done: [],
  undone: [],
  said: "",
  undo: () => {
    const edit = get().done.at(-1);
    if (!edit) return;
    set(({ done, undone }) => ({ done: done.slice(0, -1), undone: [...undone, edit], said: `Undone: ${edit.label}` }));
    applying(edit.undo);
  },
  redo: () => {
    const edit = get().undone.at(-1);
    if (!edit) return;
    set(({ done, undone }) => ({ done: [...done, edit], undone: undone.slice(0, -1), said: `Redone: ${edit.label}` }));
    applying(edit.redo);
  },
  clear: () => {
    lastMs = Number.NEGATIVE_INFINITY;
    set({ done: [], undone: [], said: "" });
  },
}));

let lastMs = Number.NEGATIVE_INFINITY;
let busy = false;

/**
 * Puts an edit that was just made into the history, so that Undo takes it back. A store calls it once for each edit of the
 * user's, after it made it. What a store changes while an edit is taken back or made again is no new edit.
 */
export function undoable(edit: Edit): void {
  if (busy) return;
  const nowMs = Date.now();
  const { done } = undoStore.getState();
  const last = done.at(-1);
  const merges = edit.merge !== undefined && last?.merge === edit.merge && nowMs - lastMs < mergeMs;
  lastMs = nowMs;
  const entry = merges && last ? { ...edit, undo: last.undo } : edit;
  undoStore.setState({ done: [...(merges ? done.slice(0, -1) : done).slice(1 - kept), entry], undone: [], said: "" });
}

/** Whether an edit is being taken back or made again. */
export const isUndoing = (): boolean => busy;

function applying(change: () => void): void {
  busy = true;
  try {
    change();
  } finally {
    busy = false;
  }
}
