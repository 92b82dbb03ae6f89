import { useCallback, useContext } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { PanelIdContext } from "./links.ts";

/** Between the id of a panel and the number of a further instance of it: `positions~2`. */
const mark = "~";

/** The panel that an instance is of: `positions` of `positions~2`. */
export function panelKind(id: string): string {
  const at = id.lastIndexOf(mark);
  return at > 0 && /^(?:[2-9]|[1-9]\d+)$/.test(id.slice(at + 1)) ? id.slice(0, at) : id;
}

/** 1 of the panel itself, 2 of its first duplicate. */
export function instanceNumber(id: string): number {
  const kind = panelKind(id);
  return kind === id ? 1 : Number(id.slice(kind.length + 1));
}

/** The title of an instance: `Positions`, `Positions 2`. */
export function instanceTitle(title: string, id: string): string {
  const number = instanceNumber(id);
  return number === 1 ? title : `${title} ${number}`;
}

/** The first id of a panel that is not open. */
export function freeInstance(kind: string, open: readonly string[]): string {
  let id = kind;
  for (let number = 2; open.includes(id); number++) id = `${kind}${mark}${number}`;
  return id;
}

/** Id of the instance that a component of a panel stands in; outside of the dock the panel itself. */
export function usePanelInstance(kind: string): string {
  const id = useContext(PanelIdContext);
  return id !== undefined && panelKind(id) === kind ? id : kind;
}

type Values = Readonly<Record<string, unknown>>;

/** How instances of panels look at what they show: it outlives the panel, so that it survives moving and closing by mistake. */
const views = createStore<{ readonly of: Readonly<Record<string, Values>> }>()(() => ({ of: {} }));

/**
 * State of one instance of a panel, e.g. what its cells show. A duplicate begins with that of its original and keeps its own from then on.
 *
 * @param key unique in the panel
 */
export function usePanelState<T>(key: string, initial: T): readonly [T, (value: T) => void] {
  const panel = useContext(PanelIdContext) ?? "";
  const value = useStore(views, ({ of }) => {
    const own = of[panel];
    return own !== undefined && Object.hasOwn(own, key) ? (own[key] as T) : initial;
  });
  const put = useCallback((next: T): void => setPanelState(panel, key, next), [panel, key]);
  return [value, put];
}

/** The same from outside of the panel. */
export function setPanelState(panel: string, key: string, value: unknown): void {
  views.setState(({ of }) => ({ of: { ...of, [panel]: { ...of[panel], [key]: value } } }));
}

type Copy = (from: string, to: string) => void;
const copies = new Map<string, Copy>();

/** What a panel with a result of its own in each instance takes along into a duplicate. */
export function onDuplicate(kind: string, copy: Copy): void {
  copies.set(kind, copy);
}

/** A new instance begins as the one it is made of. */
export function copyPanel(from: string, to: string): void {
  views.setState(({ of }) => ({ of: { ...of, [to]: { ...of[from] } } }));
  copies.get(panelKind(from))?.(from, to);
}
