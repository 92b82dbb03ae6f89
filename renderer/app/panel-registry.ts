import type { Panel } from "./panel.ts";

const modules = import.meta.glob<Panel>("../screens/*/panel.tsx", { eager: true, import: "default" });

/** Every panel by id: a folder of `screens` whose `panel.tsx` exports one by default. */
export const panels: ReadonlyMap<string, Panel> = new Map(
  Object.values(modules)
    .sort((a, b) => (a.title < b.title ? -1 : 1))
    .map((panel) => [panel.id, panel]),
);
