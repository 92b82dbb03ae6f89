import { createContext } from "react";
import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import { undoable } from "./undo.ts";

/** Panels with the same letter share what is selected, and with no other panel. */
export const linkGroups = ["A", "B", "C"] as const;
export type LinkGroup = (typeof linkGroups)[number];

type Groups = Readonly<Record<string, LinkGroup>>;

interface LinkState {
  /** Panel id -> its letter. */
  readonly groups: Groups;
  /** `undefined`: shares with all panels without a letter. */
  readonly link: (panel: string, group: LinkGroup | undefined) => void;
  /** A duplicate shares with those its original shares with. */
  readonly copy: (from: string, to: string) => void;
}

const key = "links";

export const linkStore = createStore<LinkState>()((set, get) => {
  const put = (groups: Groups): void => {
    set({ groups });
    void call("setting.set", { key, value: { ...groups } });
  };
  return {
    groups: {},
    copy: (from, to) => {
      const { [from]: group, [to]: _, ...others } = get().groups;
      const kept = group === undefined ? others : { ...others, [from]: group, [to]: group };
      if (group !== undefined || get().groups[to] !== undefined) put(kept);
    },
    link: (panel, group) => {
      const before = get().groups;
      const { [panel]: _, ...others } = before;
      const after = group === undefined ? others : { ...others, [panel]: group };
      put(after);
      undoable({ label: `link group of ${panel}`, undo: () => put(before), redo: () => put(after) });
    },
  };
});

export const useLinks = <T>(select: (state: LinkState) => T): T => useStore(linkStore, select);

/** Id of the panel a component stands in. */
export const PanelIdContext = createContext<string | undefined>(undefined);

/** Takes up the letters of last time. */
export async function startLinks(): Promise<void> {
  const answer = await call("setting.get", { key });
  if (answer.ok) linkStore.setState({ groups: readGroups(answer.value.value) });
}

/** What of a stored value can be used. */
export function readGroups(value: unknown): Groups {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([panel, letter]) => {
      const group = linkGroups.find((candidate) => candidate === letter);
      return group === undefined ? [] : [[panel, group]];
    }),
  );
}
