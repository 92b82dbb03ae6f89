/** Names that words alone do not say. */
const told: Readonly<Record<string, string>> = {
  kind: "Kind of contract",
  right: "Call or put",
  style: "Inverse or linear",
  exercise: "Exercise style",
  iv: "Implied volatility",
};

/** A field of the table as a reader says it: `settlement_currency` as `Settlement currency`. */
export function fieldLabel(name: string): string {
  const words = name.replaceAll("_", " ");
  return told[name] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
