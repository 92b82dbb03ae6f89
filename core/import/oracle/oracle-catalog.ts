import type { Oracle } from "./oracle.ts";

const modules = import.meta.glob<Oracle>("./formats/*.ts", { eager: true, import: "default" });

/** Every format of a venue's charged figures, by id: a file in `formats/`. */
export const oracles: ReadonlyMap<string, Oracle> = new Map(
  Object.values(modules)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((oracle) => [oracle.id, oracle]),
);
