/** A heading without the name that stands behind it: `Risk matrix {#matrix}` is `Risk matrix`. */
export const headingWords = (text: string): string => text.replace(named, "");

const named = /\s*\{#([\w-]+)\}\s*$/;

/** Anchor of a heading: the name behind it (`{#matrix}`), its number when it has one (`5.8`), else its words. */
export function headingAnchor(text: string): string {
  const [, name] = named.exec(text) ?? [];
  if (name !== undefined) return `section-${name}`;
  const [, number] = /^(\d+(?:\.\d+)*)[.)]?\s/.exec(text) ?? [];
  return `section-${number ?? slug(text)}`;
}

/** Words as part of an address: `Margin balance (equity)` is `margin-balance-equity`. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}
