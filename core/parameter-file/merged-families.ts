import type { ContractFamily } from "./parameter-file.ts";

/**
 * Families whose parts arrived one by one, each once.
 *
 * @param parts in the order of the file
 * @returns families in order of first appearance, series in the order of the parts
 */
export function mergedFamilies(parts: readonly ContractFamily[]): readonly ContractFamily[] {
  const found = new Map<string, ContractFamily>();
  for (const part of parts) {
    const key = familyKey(part);
    const known = found.get(key);
    found.set(key, known === undefined ? part : { ...known, series: [...known.series, ...part.series] });
  }
  return [...found.values()];
}

/** Exchange, product and type: what names a family in a file. */
export function familyKey({ exchange, product, type }: Pick<ContractFamily, "exchange" | "product" | "type">): string {
  return `${exchange}/${product}/${type}`;
}
