import type { DockviewApi, SerializedDockview } from "dockview-react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { inOneWindow, structureOf, viewsOf } from "../app/layout/arrangement.ts";
import { defaultLayouts, serializedLayout } from "../app/layout/default-layouts.ts";
import { type Edge, focusRegion, moveToEdge, regionAfter, tabAfter } from "../app/layout/navigation.ts";
import { followPopouts, popoutUrl } from "../app/layout/popout-window.ts";
import {
  freeName,
  layoutFile,
  layoutSchema,
  panelsOfLayout,
  readLayoutFile,
  readLayouts,
} from "../app/layout/stored-layouts.ts";
import { panelElement } from "../app/layout/windows.ts";
import { call } from "../client/index.ts";
import { linkStore } from "./links.ts";
import { copyPanel, freeInstance, instanceTitle, panelKind } from "./panel-instance.ts";
import { isUndoing, undoable } from "./undo.ts";

interface PanelPlace {
  readonly title: string;
  readonly minimum: { readonly width: number; readonly height: number };
  readonly instances: number;
}

interface LayoutState {
  /** Default names first, then the user's own. */
  readonly names: readonly string[];
  readonly active: string;
  /** Ids of open panels. */
  readonly open: readonly string[];
  /** Why a stored layout was not used, or a panel not popped out. */
  readonly message: string | undefined;
  readonly attach: (api: DockviewApi, panels: ReadonlyMap<string, PanelPlace>) => Promise<void>;
  readonly select: (name: string) => void;
  /** The active layout as it was at first. */
  readonly reset: () => void;
  readonly saveAs: (name: string) => void;
  /** A copy of the active layout under a free name, which becomes the active one. */
  readonly duplicate: () => void;
  /** Gives the active layout another name; not for those that ship with the program. */
  readonly rename: (name: string) => void;
  readonly remove: (name: string) => void;
  /** The active layout as a file. */
  readonly exportFile: () => { readonly name: string; readonly text: string } | undefined;
  /** Takes a layout from such a file and shows it; a file that cannot be used is told in `message`. */
  readonly importFile: (text: string) => void;
  /** Opens a panel, or brings it to the front, and focuses it. */
  readonly openPanel: (id: string) => void;
  /** The active group over the whole window, or back. */
  readonly maximise: () => void;
  readonly restoreSize: () => void;
  /** The focus to the next (+1) or previous (−1) region: bar, summary, groups of panels. */
  readonly focusRegion: (step: 1 | -1) => void;
  /** The next or previous tab of the active group. */
  readonly stepTab: (step: 1 | -1) => void;
  /** The tab at a place of the active group, from 0. */
  readonly showTab: (place: number) => void;
  /** The active panel into a group of its own at an edge of the window. */
  readonly moveActive: (edge: Edge) => void;
  /** A panel, default the active one, into a window of its own; closing that window brings it back. */
  readonly popOut: (id?: string) => Promise<void>;
  /** A second instance beside a panel, default the active one: the same result, a view and a link group of its own. */
  readonly duplicatePanel: (id?: string) => void;
  readonly canDuplicate: (id: string) => boolean;
  readonly closeActive: () => void;
  readonly closeMessage: () => void;
}

const key = "layouts";
const saveAfterMs = 800;
const defaultNames = defaultLayouts.map(({ name }) => name);

/** Layouts that ship with the program can be changed and reset, not renamed or deleted. */
export const isOwnLayout = (name: string): boolean => !defaultNames.includes(name);

/** Everything an edit of layouts can change. */
interface Arrangements {
  readonly saved: Readonly<Record<string, unknown>>;
  readonly names: readonly string[];
  readonly active: string;
}

export const layoutStore = createStore<LayoutState>()((set, get) => {
  let api: DockviewApi | undefined;
  let panels: ReadonlyMap<string, PanelPlace> = new Map();
  let saved: Readonly<Record<string, unknown>> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** True while a layout is being put up: its own events are no changes of the user's. */
  let restoring = false;
  /** The arrangement as last seen: what the next change is compared with. */
  let seen: SerializedDockview | undefined;

  const save = (): void => {
    const { active } = get();
    void call("setting.set", {
      key,
      value: JSON.parse(JSON.stringify({ schema: layoutSchema, active, layouts: saved })),
    });
  };
  const shown = (): SerializedDockview | undefined => api && inOneWindow(api.toJSON());
  const keep = (): void => {
    if (!api || restoring) return;
    set({ open: api.panels.map(({ id }) => id) });
    noticeEdit();
    clearTimeout(timer);
    timer = setTimeout(() => {
      const now = shown();
      if (now) saved = { ...saved, [get().active]: now };
      save();
    }, saveAfterMs);
  };
  /** Moved and closed panels are edits that can be taken back; opened ones, sizes and further windows are not. */
  const noticeEdit = (): void => {
    const [before, now] = [seen, shown()];
    seen = now;
    if (!before || !now || isUndoing() || (api?.getPopouts().length ?? 0) > 0) return;
    const [had, has] = [viewsOf(before), viewsOf(now)];
    const closed = had.filter((id) => !has.includes(id));
    if (has.some((id) => !had.includes(id)) || structureOf(before) === structureOf(now)) return;
    const name = get().active;
    const words = closed.map((id) => titleOf(id) ?? id).join(", ");
    undoable({
      label: closed.length > 0 ? `closing of ${words}` : "place of panels",
      undo: () => arrange(name, before, has),
      redo: () => arrange(name, now, had),
    });
  };
  /** An earlier arrangement, with those panels that were opened since. */
  const arrange = (name: string, layout: SerializedDockview, then: readonly string[]): void => {
    const opened = get().active === name ? get().open.filter((id) => !then.includes(id)) : [];
    saved = { ...saved, [name]: layout };
    show(name);
    for (const id of opened) add(id);
    save();
  };
  const arrangements = (): Arrangements => {
    const { active, names } = get();
    const now = shown();
    return { saved: now ? { ...saved, [active]: now } : saved, names, active };
  };
  const take = (back: Arrangements): void => {
    saved = back.saved;
    set({ names: back.names });
    show(back.active);
    save();
  };
  /** A change of the collection of layouts, as one edit. */
  const edit = (label: string, change: () => void): void => {
    const before = arrangements();
    change();
    save();
    const after = arrangements();
    undoable({ label, undo: () => take(before), redo: () => take(after) });
  };
  const without = (name: string): Readonly<Record<string, unknown>> => {
    const { [name]: _, ...others } = saved;
    return others;
  };
  const defaultOf = (name: string) => {
    const titles = new Map([...panels].map(([id, panel]) => [id, panel.title]));
    const layout = defaultLayouts.find((candidate) => candidate.name === name) ?? defaultLayouts[0];
    return layout && (serializedLayout(layout, titles) as SerializedDockview);
  };
  const show = (name: string): void => {
    const stored = saved[name];
    restoring = true;
    clearTimeout(timer);
    try {
      if (stored === undefined || !put(stored)) {
        if (stored !== undefined) {
          saved = without(name);
          set({ message: `The saved layout "${name}" is damaged; its default is shown.` });
        }
        const fallback = defaultOf(name);
        if (fallback) put(fallback);
      }
    } finally {
      restoring = false;
    }
    seen = shown();
    set({ active: name, open: api?.panels.map(({ id }) => id) ?? [] });
  };
  /** False when the docking library refuses it or it names panels that this program has not. */
  const put = (layout: unknown): boolean => {
    const ids = panelsOfLayout(layout);
    if (!api || !ids?.every((id) => panels.has(panelKind(id)))) return false;
    try {
      api.fromJSON(inOneWindow(layout as SerializedDockview));
      for (const panel of api.panels) constrain(panel.id);
      return true;
    } catch {
      api.clear();
      return false;
    }
  };
  const constrain = (id: string): void => {
    const minimum = panels.get(panelKind(id))?.minimum;
    const panel = api?.getPanel(id);
    if (minimum && panel)
      panel.api.group.api.setConstraints({ minimumWidth: minimum.width, minimumHeight: minimum.height });
  };
  const titleOf = (id: string): string | undefined => {
    const title = panels.get(panelKind(id))?.title;
    return title && instanceTitle(title, id);
  };
  const add = (id: string, beside?: string): void => {
    const title = titleOf(id);
    if (title === undefined) return;
    const position = beside === undefined ? {} : { position: { referencePanel: beside, direction: "right" as const } };
    api?.addPanel({ id, component: "panel", title, ...position });
    constrain(id);
  };
  const instancesOf = (id: string): readonly string[] =>
    (api?.panels ?? []).map((panel) => panel.id).filter((open) => panelKind(open) === panelKind(id));

  return {
    names: defaultNames,
    active: defaultNames[0] ?? "",
    open: [],
    message: undefined,

    attach: async (attached, known) => {
      api = attached;
      panels = known;
      show(get().active);
      api.onDidLayoutChange(keep);
      followPopouts(api);
      const answer = await call("setting.get", { key });
      const read = readLayouts(answer.ok ? answer.value.value : undefined);
      if (!read.ok) {
        set({ message: read.message });
        return;
      }
      saved = { ...read.stored.layouts };
      set({ names: [...defaultNames, ...Object.keys(saved).filter(isOwnLayout)] });
      const { active } = read.stored;
      const wanted = get().names.includes(active) ? active : get().active;
      if (saved[wanted] !== undefined || wanted !== get().active) show(wanted);
    },
    select: (name) => {
      if (!get().names.includes(name)) return;
      const now = shown();
      if (now) saved = { ...saved, [get().active]: now };
      show(name);
      save();
    },
    reset: () =>
      edit(`reset of layout ${get().active}`, () => {
        saved = without(get().active);
        show(get().active);
      }),
    saveAs: (name) => {
      if (!api || name === "") return;
      edit(`layout ${name}`, () => {
        saved = { ...saved, [name]: shown() };
        set(({ names }) => ({ names: names.includes(name) ? names : [...names, name], active: name }));
      });
    },
    duplicate: () => get().saveAs(freeName(get().active, get().names)),
    rename: (name) => {
      const { active, names } = get();
      if (name === "" || !isOwnLayout(active) || names.includes(name)) return;
      edit(`name of layout ${active}`, () => {
        saved = { ...without(active), [name]: shown() };
        set({ names: names.map((other) => (other === active ? name : other)), active: name });
      });
    },
    remove: (name) =>
      edit(`deleting of layout ${name}`, () => {
        saved = without(name);
        if (isOwnLayout(name)) set(({ names }) => ({ names: names.filter((other) => other !== name) }));
        if (get().active === name) show(defaultNames[0] ?? "");
      }),
    exportFile: () => {
      const { active } = get();
      const now = shown();
      return now && { name: active, text: layoutFile(active, now) };
    },
    importFile: (text) => {
      const read = readLayoutFile(text, new Set(panels.keys()));
      if (!read.ok) {
        set({ message: read.message });
        return;
      }
      const name = freeName(read.name, get().names);
      edit(`layout ${name}`, () => {
        saved = { ...saved, [name]: read.layout };
        set(({ names }) => ({ names: [...names, name] }));
        show(name);
      });
    },
    openPanel: (id) => {
      if (!api) return;
      const open = api.getPanel(id);
      if (open) open.api.setActive();
      else add(id);
      focusPanel(id);
    },
    maximise: () => {
      if (!api) return;
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
      else api.activePanel?.api.maximize();
    },
    restoreSize: () => {
      if (api?.hasMaximizedGroup()) api.exitMaximizedGroup();
    },
    focusRegion: (step) => focusRegion(regionAfter(step)),
    stepTab: (step) => {
      if (api) focusPanel(tabAfter(api, step));
    },
    showTab: (place) => {
      const panel = api?.activeGroup?.panels[place];
      panel?.api.setActive();
      focusPanel(panel?.id);
    },
    moveActive: (edge) => {
      if (api) focusPanel(moveToEdge(api, edge));
    },
    popOut: async (id) => {
      const panel = id === undefined ? api?.activePanel : api?.getPanel(id);
      if (!api || !panel || panel.api.location.type === "popout") return;
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
      if (await api.addPopoutGroup(panel, { popoutUrl })) focusPanel(panel.id);
      else set({ message: `No second window could be opened for ${panel.title}: allow pop-ups for this page.` });
    },
    duplicatePanel: (id = api?.activePanel?.id) => {
      if (id === undefined || !api?.getPanel(id)) return;
      if (!get().canDuplicate(id)) {
        const { title, instances } = panels.get(panelKind(id)) ?? { title: id, instances: 1 };
        set({ message: `${title} cannot be open more than ${instances === 1 ? "once" : `${instances} times`}.` });
        return;
      }
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup();
      const made = freeInstance(panelKind(id), instancesOf(id));
      copyPanel(id, made);
      linkStore.getState().copy(id, made);
      // Beside its original; of a popped out one in the main window.
      add(made, api.getPanel(id)?.api.location.type === "popout" ? undefined : id);
      focusPanel(made);
    },
    canDuplicate: (id) => instancesOf(id).length < (panels.get(panelKind(id))?.instances ?? 1),
    closeActive: () => api?.activePanel?.api.close(),
    closeMessage: () => set({ message: undefined }),
  };
});

export const useLayout = <T>(select: (state: LayoutState) => T): T => useStore(layoutStore, select);

/** Once it is there: the docking library draws it in the next frame, a panel that has to be loaded later. */
function focusPanel(id: string | undefined, frames = 120, from = document.activeElement): void {
  if (id === undefined || frames === 0) return;
  requestAnimationFrame(() => {
    const panel = panelElement(id);
    if (!panel) return focusPanel(id, frames - 1, from);
    // Who went on into a field of the panel meanwhile, and types, is not taken out of it by a frame that comes late.
    const { activeElement } = panel.ownerDocument;
    if (activeElement === from || !panel.contains(activeElement)) panel.focus();
  });
}

/** Opens a panel by id or brings it to the front: for drilling from one panel to another. */
export function openPanel(id: string): void {
  layoutStore.getState().openPanel(id);
}
