import type { StoredOverrides } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import { ruledMethodology } from "./methodology.ts";
import type { ServicePart } from "./part.ts";

/** Stored sets of rulebook overrides. */
export function overrides(ports: Ports): ServicePart<"overrides"> {
  const stored = entries<StoredOverrides>(ports, "set of overrides", () => ports.store.overrides);
  return {
    "overrides.list": stored.list,
    "overrides.get": ({ id }) => stored.get(id),
    "overrides.save": ({ id, name, content }) => {
      const found = ruledMethodology(ports.resources, content.methodology);
      if (!found.ok) return found;
      const note = `${content.methodology}, ${counted(content.overrides.length, "value")}`;
      return stored.save({ id, name, note, content });
    },
    "overrides.delete": ({ id }) => stored.remove(id),
  };
}
