import { useEffect, useState } from "react";
import { call } from "../../client/index.ts";
import type { SetComponent } from "../../client/types.ts";

/** The components that a margin request accepts, as its JSON Schema lists them. */
export function useComponentIds(): readonly SetComponent["id"][] {
  const [ids, setIds] = useState<readonly SetComponent["id"][]>([]);
  useEffect(() => {
    let left = false;
    void call("contract.operations", {}).then((answer) => {
      const schema = answer.ok ? answer.value.find(({ name }) => name === "margin.run")?.input : undefined;
      if (!left) setIds(componentIdsOf(schema));
    });
    return () => {
      left = true;
    };
  }, []);
  return ids;
}

/** The enumeration at `components` of the schema of a margin request; empty when there is none. */
export function componentIdsOf(schema: unknown): readonly SetComponent["id"][] {
  const path = ["properties", "components", "items", "properties", "id", "enum"];
  const found = path.reduce<unknown>(
    (value, name) =>
      typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined,
    schema,
  );
  return Array.isArray(found) ? found.filter((id): id is SetComponent["id"] => typeof id === "string") : [];
}

/** `open-orders` as people write it. */
export function componentName(id: string): string {
  const words = id.replaceAll("-", " ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}
