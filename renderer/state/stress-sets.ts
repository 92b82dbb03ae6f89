import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type {
  ApprovalState,
  StoredStressSet,
  StressScenario,
  StressSet,
  StressSetImport,
  StressSetProblem,
  StressSetSummary,
  StressSetVersion,
} from "../client/stress.ts";
import type { Failure } from "../client/types.ts";
import { startJob } from "./jobs.ts";
import { requestOf, session } from "./session.ts";
import { emptySet, withScenario } from "./stress-draft.ts";
import { undoable } from "./undo.ts";

export type FileFormat = "json" | "csv" | "xlsx";

interface EditOptions {
  /** Scenario that is read from then on. */
  readonly scenario?: string | undefined;
  /** Letters typed one after the other are taken back together. */
  readonly typed?: boolean;
}

interface StressSetsState {
  readonly sets: readonly StressSetSummary[];
  readonly state: "empty" | "loading" | "ready" | "error";
  readonly failure: Failure | undefined;
  /** As the library has it; absent for a set that is not saved yet. */
  readonly stored: StoredStressSet | undefined;
  /** What is shown and edited; the content of `stored` while it is untouched. */
  readonly draft: StressSet | undefined;
  readonly problems: readonly StressSetProblem[];
  readonly versions: readonly StressSetVersion[];
  /** Scenario that is read. */
  readonly scenario: string | undefined;
  /** What happened last, e.g. `Saved as version 3`. */
  readonly notice: string | undefined;
  /** What the last import said. */
  readonly imported: StressSetImport | undefined;
  readonly refresh: () => Promise<void>;
  readonly open: (id: string, version?: number) => Promise<void>;
  /** Scenarios of the session's method, read only. */
  readonly openVenue: () => Promise<void>;
  readonly create: () => void;
  /** Puts a scenario made elsewhere into the own set that is open, else into a new one. */
  readonly add: (scenario: StressScenario, setName: string) => void;
  readonly select: (scenario: string | undefined) => void;
  /** One edit of the user's, taken back by Undo. Edits of a read-only set are of a copy. */
  readonly edit: (label: string, change: (set: StressSet) => StressSet, options?: EditOptions) => void;
  readonly discard: () => void;
  readonly save: (note?: string) => Promise<void>;
  readonly copy: () => Promise<void>;
  readonly remove: () => Promise<void>;
  readonly setApproval: (approval: ApprovalState, note?: string) => Promise<void>;
  readonly loadVersions: () => Promise<void>;
  readonly restore: (version: number) => Promise<void>;
  readonly importFile: (file: File) => Promise<void>;
  /** The file of the set that is open, as it is shown. */
  readonly exportAs: (
    format: FileFormat,
  ) => Promise<{ readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array } | undefined>;
}

const checkAfterMs = 150;

export const stressSetsStore = createStore<StressSetsState>()((set, get) => {
  let timer: ReturnType<typeof setTimeout> | undefined;

  const refused = (failure: Failure): void => set({ failure, notice: undefined });
  const check = (): void => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const { draft } = get();
      if (!draft) return;
      const answer = await call("stress-set.check", { content: plain(draft) });
      if (answer.ok && get().draft === draft) set({ problems: answer.value });
    }, checkAfterMs);
  };
  /** Edits that were not saved are not lost when another set is shown: Undo goes back to them. */
  const leave = (): string | undefined => {
    const { draft, stored, scenario } = get();
    if (!isEdited({ draft, stored }) || !draft) return undefined;
    const before = { draft, stored, scenario };
    undoable({
      label: `unsaved edits of ${draft.name}`,
      undo: () => {
        set({ ...before, notice: undefined });
        check();
      },
      redo: () => {
        if (stored) show(stored);
      },
    });
    return `Unsaved edits of "${draft.name}" were left; Undo brings them back.`;
  };
  const show = (stored: StoredStressSet, scenario?: string): void => {
    const wanted = scenario ?? get().scenario;
    const known = stored.content.scenarios.some(({ id }) => id === wanted);
    set({
      ...{ stored, draft: stored.content, problems: [], failure: undefined, state: "ready" },
      // What was said of another set is not true of this one.
      ...(stored.id === get().stored?.id ? {} : { versions: [], imported: undefined }),
      scenario: known ? wanted : stored.content.scenarios[0]?.id,
    });
  };
  /** After a change in the library: the list and the set as they are now. */
  const reload = async (id: string, notice: string): Promise<void> => {
    await get().refresh();
    await get().open(id);
    await get().loadVersions();
    set({ notice });
  };

  return {
    sets: [],
    state: "empty",
    failure: undefined,
    stored: undefined,
    draft: undefined,
    problems: [],
    versions: [],
    scenario: undefined,
    notice: undefined,
    imported: undefined,

    refresh: async () => {
      if (get().sets.length === 0) set({ state: "loading" });
      const answer = await call("stress-set.list", { deleted: false });
      if (!answer.ok) {
        set({ state: "error", failure: answer.failure });
        return;
      }
      set({ sets: answer.value, state: "ready" });
      const [first] = answer.value;
      if (!get().draft && first) await get().open(first.id);
    },
    open: async (id, version) => {
      const answer = await call("stress-set.get", { id, ...(version !== undefined && { version }) });
      if (!answer.ok) {
        refused(answer.failure);
        return;
      }
      const left = leave();
      set({ notice: left ?? (version === undefined ? undefined : `Version ${version}, as it was.`) });
      show(answer.value);
    },
    openVenue: async () => {
      const request = requestOf(session.getState());
      if (!request) return;
      const label = `Scenarios of ${request.methodology}`;
      const answer = await startJob("stress-set.of-methodology", request, { label, panel: "scenarios" }).result;
      if (!answer.ok) {
        refused(answer.failure);
        return;
      }
      const { set: made, omitted } = answer.value;
      leave();
      show(made, made.content.scenarios[0]?.id);
      set({
        notice:
          omitted.length === 0
            ? undefined
            : `Left out: ${omitted.map(({ set: name, reason }) => `${name}: ${reason}`).join("; ")}`,
      });
    },
    create: () => {
      const notice = leave();
      const draft = emptySet("New set");
      set({ ...{ stored: undefined, draft, problems: [], versions: [], failure: undefined, notice } });
      set({ scenario: draft.scenarios[0]?.id, state: "ready" });
    },
    add: (scenario, setName) => {
      const { stored, draft, edit } = get();
      const scenarios = [scenario];
      if (!draft || stored?.readOnly === true) {
        const notice = leave();
        set({
          ...{ stored: undefined, draft: { ...emptySet(setName), scenarios }, problems: [], versions: [], notice },
        });
        set({ scenario: scenario.id, state: "ready", failure: undefined });
        check();
        return;
      }
      const next = withScenario(draft, scenario);
      edit(`scenario ${scenario.label}`, () => next, { scenario: next.scenarios.at(-1)?.id });
    },
    select: (scenario) => set({ scenario }),
    edit: (label, change, { scenario, typed = false } = {}) => {
      const before = { draft: get().draft, scenario: get().scenario, stored: get().stored };
      if (!before.draft) return;
      const draft = change(before.draft);
      if (draft === before.draft) return;
      const after = { draft, scenario: scenario ?? before.scenario, stored: before.stored };
      set({ ...after, notice: undefined });
      check();
      const apply = (state: typeof before): void => {
        set(state);
        check();
      };
      undoable({
        ...{ label, undo: () => apply(before), redo: () => apply(after) },
        ...(typed && { merge: `scenarios, ${label}` }),
      });
    },
    discard: () => {
      const { stored } = get();
      if (stored) show(stored);
    },
    save: async (note = "") => {
      const { draft, stored } = get();
      if (!draft) return;
      const answer = await call("stress-set.save", {
        content: plain(draft),
        note,
        ...(stored && { id: stored.id }),
        ...(stored && !stored.readOnly && { expected: stored.version }),
      });
      if (!answer.ok) refused(answer.failure);
      else {
        // What is saved is not left behind.
        set({ draft: stored?.content });
        const copied = stored?.readOnly === true ? `Saved as a copy, "${answer.value.name}"` : "Saved";
        await reload(answer.value.id, `${copied}, version ${answer.value.version}.`);
      }
    },
    copy: async () => {
      const { stored } = get();
      if (!stored) return;
      if (stored.place === "venue") {
        await get().save();
        return;
      }
      const answer = await call("stress-set.copy", { id: stored.id });
      if (answer.ok) await reload(answer.value.id, `Copied to "${answer.value.name}".`);
      else refused(answer.failure);
    },
    remove: async () => {
      const { stored } = get();
      if (!stored || stored.readOnly) return;
      const answer = await call("stress-set.delete", { id: stored.id });
      if (!answer.ok) {
        refused(answer.failure);
        return;
      }
      const back = (): void => {
        void call("stress-set.undo", { id: stored.id }).then(() => reload(stored.id, `"${stored.name}" is back.`));
      };
      const away = (): void => {
        void call("stress-set.delete", { id: stored.id }).then(() => get().refresh());
      };
      undoable({ label: `deletion of the set ${stored.name}`, undo: back, redo: away });
      set({ stored: undefined, draft: undefined, scenario: undefined });
      await get().refresh();
      set({ notice: `Deleted "${stored.name}"; Undo brings it back.` });
    },
    setApproval: async (approval, note = "") => {
      const { stored } = get();
      if (!stored) return;
      const answer = await call("stress-set.set-approval", { id: stored.id, approval, note, expected: stored.version });
      if (answer.ok) await reload(stored.id, `Now ${approval}.`);
      else refused(answer.failure);
    },
    loadVersions: async () => {
      const { stored } = get();
      if (stored?.place !== "library") return;
      const answer = await call("stress-set.history", { id: stored.id });
      if (answer.ok && get().stored?.id === stored.id) set({ versions: answer.value });
    },
    restore: async (version) => {
      const { stored } = get();
      if (!stored) return;
      const answer = await call("stress-set.restore", { id: stored.id, version });
      if (answer.ok) await reload(stored.id, `Version ${version} is the current one again.`);
      else refused(answer.failure);
    },
    importFile: async (file) => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const label = `Import scenarios, ${file.name}`;
      const input = { file: { name: file.name, bytes } };
      const answer = await startJob("stress-set.import", input, { label, panel: "scenarios" }).result;
      if (!answer.ok) {
        refused(answer.failure);
        return;
      }
      const { saved } = answer.value;
      if (saved) await reload(saved.id, `Imported "${saved.name}" from ${file.name}.`);
      set({ imported: answer.value });
    },
    exportAs: async (format) => {
      const { draft } = get();
      if (!draft) return undefined;
      const label = `Export scenarios as ${format}`;
      const input = { content: plain(draft), format };
      const answer = await startJob("stress-set.export", input, { label, panel: "scenarios" }).result;
      if (answer.ok) return answer.value;
      refused(answer.failure);
      return undefined;
    },
  };
});

export const useStressSets = <T>(select: (state: StressSetsState) => T): T => useStore(stressSetsStore, select);

/** Whether what is shown differs from what is stored. */
export const isEdited = ({ draft, stored }: Pick<StressSetsState, "draft" | "stored">): boolean =>
  draft !== undefined && draft !== stored?.content;

/** The content as the operations take it: their arrays may be written. */
export function plain(set: StressSet) {
  return structuredClone(set) as Mutable<StressSet>;
}

type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
