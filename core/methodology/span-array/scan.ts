import { sum } from "../../base/index.ts";
import { contractsOf } from "../../instrument/index.ts";
import type { Tier } from "../../parameter-file/index.ts";
import type { PnlCube } from "../../revaluation/index.ts";
import type { HeldCommodity, Holding } from "./holding.ts";
import type { ArrayRules } from "./rules.ts";

/** Losses of some holdings in each scenario, and what follows from the worst. Money of the commodity's currency. */
export interface Scan {
  readonly tier?: Tier;
  readonly holdings: readonly Holding[];
  /** Arrays of the holdings, as profits of one unit. */
  readonly cube: PnlCube;
  /** Of commodities whose arrays a spread adds: one part a leg, in the place of holdings. */
  readonly parts?: readonly ScanPart[];
  /** Σ contracts × array value; loss > 0. */
  readonly losses: readonly number[];
  /** Index of the largest loss, the first of equal ones. */
  readonly active: number;
  /** max(0, largest loss). */
  readonly risk: number;
  readonly volatilityRisk: number;
  readonly timeRisk: number;
}

/** A leg whose arrays are added to those of others. */
export interface ScanPart {
  readonly code: string;
  readonly scans: readonly Scan[];
  /** Share of its gains that counts against losses of the others; losses count in full. */
  readonly share: number;
}

/**
 * Scans of a combined commodity: one, or one for each scanning tier.
 *
 *     L_i = Σ contracts·a_i,   risk = max(0, L_m) with m the first largest
 *     volatility risk = (L_m − L_paired)/2,   time risk = (L_1 + L_2)/2
 *
 * @param cube arrays of the commodity's contracts, as profits of one unit
 */
export function scansOf(
  { commodity, holdings }: HeldCommodity,
  cube: PnlCube,
  scenarios: ArrayRules["scenarios"],
): readonly Scan[] {
  const { scanTiers } = commodity;
  if (scanTiers.length === 0) return [scanOf(holdings, cube, scenarios)];
  const scans = scanTiers.map((tier) => ({
    ...scanOf(
      holdings.filter(({ month }) => isInTier(month, tier)),
      cube,
      scenarios,
    ),
    tier,
  }));
  const outside = holdings.filter(({ month }) => !scanTiers.some((tier) => isInTier(month, tier)));
  // Months that no tier names are scanned together: leaving them out would lose their risk.
  return outside.length === 0 ? scans : [...scans, scanOf(outside, cube, scenarios)];
}

export function isInTier(month: string, { from, to }: Tier): boolean {
  return (from === undefined || month >= from) && (to === undefined || month <= to);
}

function scanOf(holdings: readonly Holding[], cube: PnlCube, scenarios: ArrayRules["scenarios"]): Scan {
  const losses = scenarios.map((_, index) => {
    const profit = sum(holdings.flatMap((holding) => profitsOf(holding, cube, index)));
    return profit === 0 ? 0 : -profit;
  });
  return { holdings, cube, ...worstLoss(losses, scenarios) };
}

/**
 * The scan of legs whose arrays are added: gains of a leg count by its share, losses in full.
 *
 *     L_i = Σ over legs of (L_leg,i when ≥ 0, else L_leg,i × share)
 */
export function addedScan(parts: readonly ScanPart[], cube: PnlCube, scenarios: ArrayRules["scenarios"]): Scan {
  const losses = scenarios.map((_, index) => {
    const loss = sum(parts.map((part) => countedLoss(part, index)));
    return loss === 0 ? 0 : loss;
  });
  const holdings = parts.flatMap(({ scans }) => scans.flatMap((scan) => scan.holdings));
  return { holdings, cube, parts, ...worstLoss(losses, scenarios) };
}

function countedLoss({ scans, share }: ScanPart, scenario: number): number {
  const loss = sum(scans.map(({ losses }) => losses[scenario] ?? 0));
  return loss >= 0 ? loss : share * loss;
}

function worstLoss(
  losses: readonly number[],
  scenarios: ArrayRules["scenarios"],
): Pick<Scan, "losses" | "active" | "risk" | "volatilityRisk" | "timeRisk"> {
  const active = worstOf(losses);
  const worst = losses[active] ?? 0;
  const paired = losses[(scenarios[active]?.paired ?? active + 1) - 1] ?? 0;
  return {
    losses,
    active,
    risk: Math.max(0, worst),
    volatilityRisk: (worst - paired) / 2,
    timeRisk: ((losses[0] ?? 0) + (losses[1] ?? 0)) / 2,
  };
}

/** Profit of each position of a holding in a scenario; gain > 0. */
export function profitsOf({ instrument, positions }: Holding, cube: PnlCube, scenario: number): readonly number[] {
  const each = profitOfOne({ instrument }, cube, scenario);
  return positions.map(({ position }) => contractsOf(instrument, position.quantity) * each || 0);
}

/** Profit of one long contract in a scenario; gain > 0. */
export function profitOfOne({ instrument }: Pick<Holding, "instrument">, cube: PnlCube, scenario: number): number {
  return contractProfit(instrument.id, instrument.contractSize ?? 1, cube, scenario);
}

function contractProfit(id: Holding["instrument"]["id"], size: number, cube: PnlCube, scenario: number): number {
  const row = cube.rowOf.get(id);
  return row === undefined ? 0 : size * (cube.values[row * cube.scenarios.length + scenario] ?? 0);
}

/** Largest loss of the long and of the short contracts of a holding, each alone: a gross account has no netting. */
export function grossRisk(
  { instrument, long, short }: Holding,
  cube: PnlCube,
): { readonly long: number; readonly short: number } {
  const { id, contractSize: size = 1 } = instrument;
  let [down, up] = [0, 0];
  for (let scenario = 0; scenario < cube.scenarios.length; scenario++) {
    const loss = -contractProfit(id, size, cube, scenario);
    down = Math.max(down, loss);
    up = Math.max(up, -loss);
  }
  return { long: long * down, short: short * up };
}

function worstOf(losses: readonly number[]): number {
  let found = 0;
  losses.forEach((loss, index) => {
    if (loss > (losses[found] ?? 0)) found = index;
  });
  return found;
}
