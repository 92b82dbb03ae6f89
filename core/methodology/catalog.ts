import type { Methodology } from "./contract.ts";

const modules = import.meta.glob<Methodology>("./*/index.ts", { eager: true, import: "default" });

/** Every methodology, by id: a folder beside this file that has an `index.ts`. */
export const catalog: ReadonlyMap<string, Methodology> = new Map(
  Object.values(modules)
    .filter((methodology) => methodology !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((methodology) => [methodology.id, methodology]),
);
