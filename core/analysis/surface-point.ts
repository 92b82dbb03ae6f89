import { revalued, totalsOf } from "../margin/index.ts";
import type { AccountCharge, Charge, MethodologyUnderRules } from "../methodology/index.ts";
import { positionGreeks } from "../pricing/index.ts";
import { buildCube, type RevaluationKernel } from "../revaluation/index.ts";
import { type Holdings, profitInUsd, type ShockedBook } from "./shocked-book.ts";

/** Everything a surface shows at one point; units as in `SurfaceLayers`. */
export interface SurfacePoint {
  readonly pnl: number;
  readonly initial: number;
  readonly maintenance: number;
  /** Absent when no account has a margin balance. */
  readonly headroom?: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  /** Binding scenarios of all accounts, joined; absent when none loses. */
  readonly binding?: string;
}

/** The methodology's answer at a shocked market, its scenarios revalued there. */
export function chargeAt(
  { book, terms }: ShockedBook,
  holdings: Holdings,
  methodology: MethodologyUnderRules,
  kernel: RevaluationKernel,
  detail: boolean,
): { readonly charge: Charge; readonly cells: number } {
  const instruments = holdings.instruments.map(({ instrument, terms: unshocked }, row) => ({
    instrument,
    terms: terms[row] ?? unshocked,
  }));
  const cubes = new Map(
    methodology.scenarios(book).map((set) => [set.id, buildCube(set, instruments, kernel)] as const),
  );
  const cells = [...cubes.values()].reduce((total, { values }) => total + values.length, 0);
  return { charge: methodology.charge(book, revalued(cubes, detail)), cells };
}

/** A point of the surface from the charge at it. */
export function surfacePoint(shocked: ShockedBook, holdings: Holdings, { accounts }: Charge): SurfacePoint {
  const { initialUsd, maintenanceUsd } = totalsOf(accounts);
  const headrooms = accounts.flatMap(({ marginBalance, maintenance, usdPerUnit }) =>
    marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - maintenance.amount)],
  );
  const binding = bindingOf(accounts);
  return {
    pnl: profitInUsd(shocked.profits, shocked.book.indices),
    initial: initialUsd,
    maintenance: maintenanceUsd,
    ...(headrooms.length === 0 ? {} : { headroom: Math.min(...headrooms) }),
    ...greeksUsd(shocked, holdings),
    ...(binding === undefined ? {} : { binding }),
  };
}

function greeksUsd({ terms }: ShockedBook, { instruments, quantities }: Holdings) {
  const totals = { delta: 0, gamma: 0, vega: 0, theta: 0 };
  instruments.forEach(({ instrument }, row) => {
    const at = terms[row];
    if (at === undefined) return;
    const greeks = positionGreeks(instrument, at, quantities[row] ?? 0);
    totals.delta += (greeks.delta * at.index) / 100;
    totals.gamma += (greeks.gamma * at.forward * at.index) / 10_000;
    totals.vega += greeks.vega;
    totals.theta += greeks.theta;
  });
  return totals;
}

/** `price -16 %, volatility up`; the matrix named when an account has several, the account when there are several. */
function bindingOf(accounts: readonly AccountCharge[]): string | undefined {
  const labels = accounts.flatMap((account) =>
    account.matrices.flatMap(({ bindingScenarioId, cells, title }) => {
      const cell = cells.find(({ scenarioId }) => scenarioId === bindingScenarioId);
      if (cell === undefined) return [];
      const named = account.matrices.length > 1 ? `${title} ${cell.label}` : cell.label;
      return [accounts.length > 1 ? `${account.id}: ${named}` : named];
    }),
  );
  return labels.length === 0 ? undefined : labels.join("; ");
}
