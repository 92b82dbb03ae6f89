import { revalued, totalsOf } from "../margin/index.ts";
import type { AccountCharge, Charge, MethodologyUnderRules } from "../methodology/index.ts";
import type { BookGreeks } from "./book-greeks.ts";
import type { PointCubes, RowFill } from "./point-cubes.ts";
import { profitInUsd, type ShockedBook } from "./shocked-book.ts";

/** Everything a surface shows at one point; units as in `SurfaceLayers`. */
export interface SurfacePoint {
  readonly pnl: number;
  readonly initial: number;
  readonly maintenance: number;
  /** Absent when no account has a margin balance. */
  readonly headroom?: number;
  /** Absent with `headroom`. */
  readonly callRoom?: number;
  readonly delta: number;
  readonly gamma: number;
  readonly vega: number;
  readonly theta: number;
  /** Binding scenarios of all accounts, joined; absent when none loses. */
  readonly binding?: string;
}

/**
 * The methodology's answer at a shocked market, its scenarios revalued there.
 *
 * @param detail as of `Revalued`: lines of single positions too; `"amounts"`: amounts only
 */
export function chargeAt(
  { book, terms }: ShockedBook,
  methodology: MethodologyUnderRules,
  cubes: PointCubes,
  detail: boolean | "amounts",
  fill?: RowFill,
): Charge {
  const values = cubes(terms, methodology.scenarios(book), fill);
  return methodology.charge(book, revalued(values, detail === true, detail === "amounts"));
}

/** A point of the surface from the charge at it. */
export function surfacePoint(shocked: ShockedBook, greeks: BookGreeks, { accounts }: Charge): SurfacePoint {
  const { initialUsd, maintenanceUsd } = totalsOf(accounts);
  const roomsTo = (requirement: "initial" | "maintenance"): readonly number[] =>
    accounts.flatMap(({ marginBalance, usdPerUnit, ...lines }) =>
      marginBalance === undefined ? [] : [usdPerUnit * (marginBalance.amount - lines[requirement].amount)],
    );
  const [headrooms, callRooms] = [roomsTo("maintenance"), roomsTo("initial")];
  const binding = bindingOf(accounts);
  return {
    pnl: profitInUsd(shocked.profits, shocked.book.indices),
    initial: initialUsd,
    maintenance: maintenanceUsd,
    ...(headrooms.length === 0 ? {} : { headroom: Math.min(...headrooms), callRoom: Math.min(...callRooms) }),
    ...greeks,
    ...(binding === undefined ? {} : { binding }),
  };
}

/** `price -16 %, volatility up`; the matrix named when an account has several, the account when there are several. */
export function bindingOf(accounts: readonly AccountCharge[]): string | undefined {
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
