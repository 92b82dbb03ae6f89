import type { DockviewApi, SerializedDockview } from "dockview-react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { defaultLayouts, serializedLayout } from "../app/layout/default-layouts.ts";
import { type Edge, focusRegion, moveToEdge, regionAfter, tabAfter } from "../app/layout/navigation.ts";
import { layoutSchema, panelsOfLayout, readLayouts } from "../app/layout/stored-layouts.ts";
import { call } from "../client/index.ts";

interface PanelPlace {
  readonly title: string;
  readonly minimum: { readonly width: number; readonly height: number };
}

interface LayoutState {
  /** Default names first, then the user's own. */
  readonly names: readonly string[];
  readonly active: string;
  /** Ids of open panels. */
  readonly open: readonly string[];
  /** Why a stored layout was not used. */
  readonly message: string | undefined;
  readonly attach: (api: DockviewApi, panels: ReadonlyMap<string, PanelPlace>) => Promise<void>;
  readonly select: (name: string) => void;
  /** The active layout as it was at first. */
  readonly reset: () => void;
  readonly saveAs: (name: string) => void;
  readonly remove: (name: string) => void;
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
  readonly closeActive: () => void;
  readonly closeMessage: () => void;
}

const key = "layouts";
const saveAfterMs = 800;
const defaultNames = defaultLayouts.map(({ name }) => name);

export const layoutStore = createStore<LayoutState>()((set, get) => {
  let api: DockviewApi | undefined;
  let panels: ReadonlyMap<string, PanelPlace> = new Map();
  let saved: Record<string, unknown> = {};
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** True while a layout is being put up: its own events are no changes of the user's. */
  let restoring = false;

  const save = (): void => {
    const { active } = get();
    void call("setting.set", {
      key,
      value: JSON.parse(JSON.stringify({ schema: layoutSchema, active, layouts: saved })),
    });
  };
  const keep = (): void => {
    if (!api || restoring) return;
    set({ open: api.panels.map(({ id }) => id) });
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (api) saved = { ...saved, [get().active]: api.toJSON() };
      save();
    }, saveAfterMs);
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
          const { [name]: _, ...others } = saved;
          saved = others;
          set({ message: `The saved layout "${name}" is damaged; its default is shown.` });
        }
        const fallback = defaultOf(name);
        if (fallback) put(fallback);
      }
    } finally {
      restoring = false;
    }
    set({ active: name, open: api?.panels.map(({ id }) => id) ?? [] });
  };
  /** False when the docking library refuses it or it names panels that this program has not. */
  const put = (layout: unknown): boolean => {
    const ids = panelsOfLayout(layout);
    if (!api || !ids?.every((id) => panels.has(id))) return false;
    try {
      api.fromJSON(layout as SerializedDockview);
      for (const panel of api.panels) constrain(panel.id);
      return true;
    } catch {
      api.clear();
      return false;
    }
  };
  const constrain = (id: string): void => {
    const minimum = panels.get(id)?.minimum;
    const panel = api?.getPanel(id);
    if (minimum && panel)
      panel.api.group.api.setConstraints({ minimumWidth: minimum.width, minimumHeight: minimum.height });
  };

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
      const answer = await call("setting.get", { key });
      const read = readLayouts(answer.ok ? answer.value.value : undefined);
      if (!read.ok) {
        set({ message: read.message });
        return;
      }
      saved = { ...read.stored.layouts };
      const own = Object.keys(saved).filter((name) => !defaultNames.includes(name));
      set({ names: [...defaultNames, ...own] });
      const { active } = read.stored;
      const wanted = get().names.includes(active) ? active : get().active;
      if (saved[wanted] !== undefined || wanted !== get().active) show(wanted);
    },
    select: (name) => {
      if (!get().names.includes(name)) return;
      if (api) saved = { ...saved, [get().active]: api.toJSON() };
      show(name);
      save();
    },
    reset: () => {
      const { [get().active]: _, ...others } = saved;
      saved = others;
      show(get().active);
      save();
    },
    saveAs: (name) => {
      if (!api || name === "") return;
      saved = { ...saved, [name]: api.toJSON() };
      set(({ names }) => ({ names: names.includes(name) ? names : [...names, name], active: name }));
      save();
    },
    remove: (name) => {
      const { [name]: _, ...others } = saved;
      saved = others;
      if (!defaultNames.includes(name)) set(({ names }) => ({ names: names.filter((other) => other !== name) }));
      if (get().active === name) show(defaultNames[0] ?? "");
      save();
    },
    openPanel: (id) => {
      if (!api) return;
      const open = api.getPanel(id);
      const title = panels.get(id)?.title;
      if (open) open.api.setActive();
      else if (title !== undefined) {
        api.addPanel({ id, component: "panel", title });
        constrain(id);
      }
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
    closeActive: () => api?.activePanel?.api.close(),
    closeMessage: () => set({ message: undefined }),
  };
});

export const useLayout = <T>(select: (state: LayoutState) => T): T => useStore(layoutStore, select);

/** After the docking library has drawn it. */
function focusPanel(id: string | undefined): void {
  if (id === undefined) return;
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-panel="${CSS.escape(id)}"]`)?.focus());
}

/** Opens a panel by id or brings it to the front: for drilling from one panel to another. */
export function openPanel(id: string): void {
  layoutStore.getState().openPanel(id);
}
