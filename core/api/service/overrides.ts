import type { StoredOverrides } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { counted, entries } from "./entries.ts";
import type { ServicePart } from "./part.ts";

/** Stored sets of rulebook overrides. */
export function overrides(ports: Ports): ServicePart<"overrides"> {
  const stored = entries<StoredOverrides>(ports, "set of overrides", () => ports.store.overrides);
  return {
    "overrides.list": stored.list,
    "overrides.get": ({ id }) => stored.get(id),
    "overrides.save": ({ id, name, content }) =>
      stored.save({ id, name, note: `${content.methodology}, ${counted(content.overrides.length, "value")}`, content }),
    "overrides.delete": ({ id }) => stored.remove(id),
  };
}
