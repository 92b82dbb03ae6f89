import type { Component } from "../../portfolio/index.ts";
import type { Book } from "../contract.ts";
import { componentLabels } from "./account-lines.ts";

/**
 * Components a method has no line for, in words; `undefined` when it uses all of them.
 *
 * @param used what the method takes, by kind or by what it looks at
 */
export function unusedComponents(book: Book, used: (component: Component) => boolean): string | undefined {
  const unused = book.components.filter((component) => !used(component));
  if (unused.length === 0) return undefined;
  const names = unused.map(
    ({ id, underlying }) => componentLabels[id] + (underlying === undefined ? "" : ` of ${underlying}`),
  );
  return `this method has no line for ${[...new Set(names)].join(", ")}: the amounts are left out`;
}
