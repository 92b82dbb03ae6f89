import { classesOf, type FactorBeta, type FactorBetas, type FactorClass, factorClasses } from "./factor-betas.ts";
import type { StressShock } from "./stress-set.ts";

/** A shock that names a factor. */
export type FactorShock = Extract<StressShock, { factor: string }>;
export type FactorShockKind = FactorShock["kind"];

/**
 * own: the scenario names the factor; class: it names a class of it; all: its `*` entry; beta: it follows its driver;
 * not-moved: nothing says how it moves.
 */
export type Resolution = "own" | "class" | "all" | "beta" | "not-moved";

/** What one kind of shock does to one factor. */
export interface ResolvedKind {
  readonly kind: FactorShockKind;
  readonly how: Resolution;
  /** Class or driver. */
  readonly via?: string;
  readonly beta?: number;
  /** Named after the factor itself; none when it is not moved. */
  readonly shocks: readonly FactorShock[];
  /** One sentence: `class ALT`, `1.25 × BTC`, why it is not moved. */
  readonly reason: string;
}

/** What a scenario does to one factor of a book. */
export interface ResolvedFactor {
  readonly factor: string;
  /** Of its price (for a stablecoin: of its peg). */
  readonly how: Resolution;
  readonly reason: string;
  /** Everything that moves it, named after the factor itself. */
  readonly shocks: readonly FactorShock[];
  /** By kind: price and volatility always, other kinds where the scenario has them. */
  readonly kinds: readonly ResolvedKind[];
}

/** Below this a relative move leaves no price; a move by beta is held there. */
const leastRelativeMove = -0.99;

/**
 * Says for each factor of a book what moves it in a scenario. For each kind of shock the nearest name counts alone: the factor itself, else
 * its narrowest class, else `*`, else (with betas) beta × the relative move of its driver, else it is not moved.
 * `*` and betas never move the price of a stablecoin or of a currency, and `stablecoin` shocks by `*` or class reach stablecoins only.
 *
 * @param scenario a scenario, or a step of its path
 * @param factors  underlyings and currencies of the book
 * @param betas    absent: betas are off
 * @param classes  default: the table of this program
 * @returns in the order of `factors`
 * @source resources/docs/scenario-library.md, section 4
 */
export function resolveFactors(
  scenario: { readonly shocks: readonly StressShock[] },
  factors: readonly string[],
  betas?: FactorBetas,
  classes: readonly FactorClass[] = factorClasses,
): readonly ResolvedFactor[] {
  const byKind = new Map<FactorShockKind, FactorShock[]>([
    ["price", []],
    ["volatility", []],
  ]);
  for (const shock of scenario.shocks) {
    if (!("factor" in shock)) continue;
    const known = byKind.get(shock.kind);
    if (known === undefined) byKind.set(shock.kind, [shock]);
    else known.push(shock);
  }
  return factors.map((factor) => {
    const names = classesOf(factor, classes);
    const kinds = [...byKind].map(([kind, shocks]) => resolvedKind(kind, shocks, factor, { names, classes }, betas));
    const peg = kinds.find(({ kind, how }) => kind === "stablecoin" && how !== "not-moved");
    const { how, reason } = peg ?? kinds.find(({ kind }) => kind === "price") ?? notMoved("price", factor, names);
    return { factor, how, reason, shocks: kinds.flatMap(({ shocks }) => shocks), kinds };
  });
}

/** Factor names of shocks that no factor of a list belongs to: what a scenario says that a book cannot use. */
export function unusedFactors(
  scenario: { readonly shocks: readonly StressShock[] },
  factors: readonly string[],
  classes: readonly FactorClass[] = factorClasses,
): readonly string[] {
  const used = new Set(["*", ...factors, ...factors.flatMap((factor) => classesOf(factor, classes))]);
  const named = scenario.shocks.flatMap((shock) => ("factor" in shock ? [shock.factor] : []));
  return [...new Set(named)].filter((name) => !used.has(name));
}

function resolvedKind(
  kind: FactorShockKind,
  shocks: readonly FactorShock[],
  factor: string,
  { names, classes }: { readonly names: readonly string[]; readonly classes: readonly FactorClass[] },
  betas: FactorBetas | undefined,
): ResolvedKind {
  const direct = directShocks(kind, shocks, factor, names);
  if (direct !== undefined) return { kind, ...direct, shocks: direct.shocks.map((shock) => ({ ...shock, factor })) };
  const row = betas && betaOf(betas, kind, factor, names);
  return row === undefined ? notMoved(kind, factor, names, betas) : byBeta(row, shocks, factor, classes);
}

interface Direct {
  readonly how: "own" | "class" | "all";
  readonly via?: string;
  readonly reason: string;
  readonly shocks: readonly FactorShock[];
}

function directShocks(
  kind: FactorShockKind,
  shocks: readonly FactorShock[],
  factor: string,
  names: readonly string[],
): Direct | undefined {
  const of = (name: string) => shocks.filter((shock) => shock.factor === name);
  const own = of(factor);
  if (own.length > 0) return { how: "own", reason: `its own entry`, shocks: own };
  const pegged = names.includes("STABLE") || names.includes("LOCAL_STABLE");
  if (kind === "stablecoin" && !pegged) return undefined;
  for (const name of names) {
    const found = of(name);
    if (found.length > 0) return { how: "class", via: name, reason: `class ${name}`, shocks: found };
  }
  if (isSteady(kind, names)) return undefined;
  const all = of("*");
  return all.length > 0 ? { how: "all", reason: "the entry for all factors", shocks: all } : undefined;
}

/** A peg and a currency's own price do not move with the market. */
function isSteady(kind: FactorShockKind, names: readonly string[]): boolean {
  return kind === "price" && (names.includes("STABLE") || names.includes("LOCAL_STABLE") || names.includes("CASH"));
}

function betaOf(
  betas: FactorBetas,
  kind: FactorShockKind,
  factor: string,
  names: readonly string[],
): FactorBeta | undefined {
  const rows = betas.filter((row) => row.kind === kind && row.driver !== factor);
  for (const name of [factor, ...names]) {
    const found = rows.find((row) => row.factor === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function byBeta(
  row: FactorBeta,
  shocks: readonly FactorShock[],
  factor: string,
  classes: readonly FactorClass[],
): ResolvedKind {
  const { kind, driver } = row;
  const beta = Math.max(row.beta, row.least ?? Number.NEGATIVE_INFINITY);
  const still = (reason: string): ResolvedKind => ({ kind, how: "not-moved", via: driver, beta, shocks: [], reason });
  if (beta === 0) return still(row.note ?? `its beta to ${driver} is 0`);
  const source = directShocks(kind, shocks, driver, classesOf(driver, classes));
  if (source === undefined) return still(`no entry, and its driver ${driver} has none either`);
  const relative = source.shocks.flatMap((shock) =>
    (shock.kind === "price" || shock.kind === "volatility") && shock.mode === "relative" ? [shock] : [],
  );
  if (relative.length < source.shocks.length)
    return still(`no entry, and the move of its driver ${driver} is not relative: a beta cannot scale it`);
  return {
    ...{ kind, how: "beta", via: driver, beta, reason: `${beta} × ${driver}` },
    shocks: relative.map((shock) => {
      const { source: _source, ...terms } = shock;
      const amount = Math.max(leastRelativeMove, shock.amount * beta);
      const note = `${beta} × the ${shock.amount} of ${driver}`;
      return { ...terms, factor, amount, quality: "product-choice" as const, note };
    }),
  };
}

function notMoved(kind: FactorShockKind, factor: string, names: readonly string[], betas?: FactorBetas): ResolvedKind {
  const classWords = names.length === 0 ? "" : `, ${names.join(", ")}`;
  const without = isSteady(kind, names)
    ? `no entry of its own: ${names.includes("CASH") ? "a currency" : "a peg"} does not move with other prices`
    : `no entry for ${factor}${classWords} or all${betas === undefined ? "" : ", and no beta"}`;
  return { kind, how: "not-moved", shocks: [], reason: without };
}
