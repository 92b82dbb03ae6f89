import type { z } from "zod";
import { type Failure, failed, type Result, success } from "../base/index.ts";
import type { History } from "../history/index.ts";
import { isListed } from "../instrument/index.ts";
import type { Feed, PricingTerms } from "../market/index.ts";
import type { ParameterFile } from "../parameter-file/index.ts";
import type { Balance, Component, Position, PositionId } from "../portfolio/index.ts";
import type { PnlCube } from "../revaluation/index.ts";
import type { ScenarioSet } from "../scenario/index.ts";
import type { AccountColumns, MarketColumns } from "./market-columns.ts";
import type { Line } from "./statement.ts";

/** A position joined with the numbers its price needs. */
export interface BookPosition {
  readonly position: Position;
  readonly terms: PricingTerms;
  /** Black delta of one unit where the entry stands for several options whose deltas are added; else it follows from the terms. */
  readonly delta?: number;
  /** Model value of one unit, in the unit of its mark, where the entry stands for several options. */
  readonly modelValue?: number;
}

/** Everything a methodology sees: positions that could be valued, at one market. */
export interface Book {
  readonly positions: readonly BookPosition[];
  /** Underlying -> index price, quote currency. Holds every underlying of `positions` and of coin `balances`. */
  readonly indices: ReadonlyMap<string, number>;
  readonly balances: readonly Balance[];
  readonly components: readonly Component[];
  /** Confidences and interest rates of the market; empty at venues without them. */
  readonly feeds?: readonly Feed[];
  /** Past of the risk factors, up to `asOfMs`; only where the request names a history. */
  readonly history?: History;
  /** A clearing house's arrays, spreads and credits; only where the request names one. Positions are completed by it. */
  readonly parameterFile?: ParameterFile;
  readonly asOfMs: number;
}

/**
 * How far options of one contract family and expiry may be added up before a charge: all of one side (net long or net
 * short by instrument), or those of one side and one type. An entry that stands for several has their quantity, the mean
 * of their marks and deltas weighted by it, and one row in the cubes.
 */
export type OptionMerging = "side" | "side-and-type";

export interface RulesAndBook<Rules> {
  readonly rules: Rules;
  readonly book: Book;
}

export interface Revalued {
  /** Revalued scenarios of the set with this id. */
  readonly cube: (setId: string) => PnlCube;
  /** False inside surfaces: lines of single positions may be left out, amounts must not change. */
  readonly detail: boolean;
  /**
   * True where nobody reads lines below the totals of an account, cells but the binding one, or remarks (surfaces, totals of a
   * what-if): they may be left out. The amounts of totals must not change, not in the last bit.
   */
  readonly amountsOnly?: boolean;
}

export interface ChargeInput<Rules> extends RulesAndBook<Rules>, Revalued {}

/** How exact a result is: reproduces the venue's figures; follows its published text or a default; cannot be computed. */
export type Accuracy = "exact" | "approximate" | "unsupported";

/** One cell of a risk matrix: profit and loss of the account in a scenario, after the method's own offsets. */
export interface MatrixCell {
  readonly scenarioId: string;
  readonly label: string;
  readonly priceMove: number;
  /** Row of the heat map: `down`, `same`, `up`, or the method's own word. */
  readonly volatility: string;
  /** `standard` cells form the grid; `extended` cells stand beside it. */
  readonly group: string;
  /** Sum of positions before offsets, unit of the matrix; gain > 0. */
  readonly beforeOffsets: number;
  /** What the method compares; gain > 0. */
  readonly amount: number;
}

export interface RiskMatrix {
  /** The scenario set it comes from. */
  readonly setId: string;
  readonly title: string;
  readonly unit: string;
  readonly cells: readonly MatrixCell[];
  /** The cell that sets the requirement; absent when none loses. */
  readonly bindingScenarioId?: string;
}

/** What a method says of the loss to come, so that a backtest can hold it against the loss that came. Unit of the account. */
export interface LossForecast {
  /** Loss > 0. */
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
  /** Fraction in (0, 1). */
  readonly confidence: number;
  /** Horizon of both, days. */
  readonly days: number;
}

/** The requirement of one margin account: a settlement currency when segregated, the whole account when cross. */
export interface AccountCharge {
  /** `BTC`, `USDC`, or `cross`. */
  readonly id: string;
  /** Currency of its amounts. */
  readonly unit: string;
  /** USD per unit, at the book's market; > 0. */
  readonly usdPerUnit: number;
  readonly initial: Line;
  readonly maintenance: Line;
  /** Absent when the portfolio states no balance for the account. */
  readonly equity?: Line;
  /** What the venue compares with the requirement; absent with equity. */
  readonly marginBalance?: Line;
  /** What could be withdrawn; only where the method states a rule for it. */
  readonly withdrawable?: Line;
  /** What a venue states instead of a requirement: margin balance less initial, less maintenance; below 0 when short. */
  readonly surplus?: readonly Line[];
  /** Ratios by which the venue states how safe the account is, unit `times`; their parts stand as inputs. */
  readonly ratios?: readonly Line[];
  readonly matrices: readonly RiskMatrix[];
  /** Where the method is a measure of the book's own distribution of losses. */
  readonly forecast?: LossForecast;
  /** A line of the requirement split in other ways than the statement does: by scenario, factor, position. */
  readonly decompositions?: readonly Decomposition[];
}

/** What the entries of a decomposition are. Component: Euler, sums to the line; marginal, incremental and stand-alone do not. */
export type DecompositionKind =
  | "tail-scenario"
  | "component"
  | "risk-factor"
  | "stand-alone"
  | "incremental"
  | "marginal"
  | "diversification";

export interface DecompositionEntry {
  readonly label: string;
  /** Loss > 0. */
  readonly amount: number;
  /** Weight of a scenario in the measure; Σ weight × amount is the line. */
  readonly weight?: number;
  /** A scenario of the run, as a risk matrix names it. */
  readonly scenarioId?: string;
  readonly positionId?: PositionId;
  /** Underlying group of a position or factor. */
  readonly group?: string;
}

export interface Decomposition {
  /** Unique in the account, e.g. `current/component`. */
  readonly id: string;
  readonly title: string;
  readonly kind: DecompositionKind;
  /** The line that is split, and its amount. */
  readonly lineId: string;
  readonly measure: number;
  readonly unit: string;
  readonly rule: string;
  /** The scenario set its scenario ids belong to. */
  readonly setId?: string;
  readonly entries: readonly DecompositionEntry[];
  /** Compensated sum of the entries (of weight × amount where they have weights). */
  readonly sum: number;
  /** Whether theory says that the sum is the measure. */
  readonly sums: boolean;
}

export interface Charge {
  readonly accounts: readonly AccountCharge[];
  /** What lowers the accuracy of this run: defaults that were used, positions charged by inference. */
  readonly remarks: readonly { readonly accuracy: Accuracy; readonly message: string; readonly rule: string }[];
}

/**
 * What a methodology's folder states: a schema of its rules and three pure answers.
 * `requires` names market data before anything runs, `scenarios` says what to revalue, `charge` makes the statement.
 */
export interface MethodologyDefinition<Rules> {
  /** `<venue>-<scheme>`: folder, rulebook, document and stored value. */
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  /** Best accuracy this method can reach. */
  readonly accuracy: Accuracy;
  readonly rules: z.ZodType<Rules>;
  /** Which contracts it is made for: those of crypto venues (the default), listed ones, or any. Others are excluded by that reason. */
  readonly margins?: "crypto" | "listed" | "any";
  /** Names of market data: `index:BTC`, `mark:BTC-PERPETUAL`, `volatility:BTC-27MAR26-100000-C`; of a history: `history:price:BTC`. */
  readonly requires: (portfolio: readonly Position[], rules: Rules) => readonly string[];
  /** Why a position cannot be margined by this method; `undefined` when it can. */
  readonly excludes?: (position: Position, rules: Rules) => string | undefined;
  /** Whether options take the smile of their expiry along, for scenarios in which it slides with the price. */
  readonly smiles?: (rules: Rules) => boolean;
  /** Why this book cannot be margined at all (a history too short for the confidence); `undefined` when it can. */
  readonly refuses?: (input: RulesAndBook<Rules>) => Failure | undefined;
  /**
   * Says that the charge depends on single options through sums only: of quantity, quantity × mark, quantity × model value, delta
   * and profit in its scenarios, and that scenarios do not depend on options at all. Surfaces then add options up before they charge.
   * Absent: never.
   */
  readonly mergesOptions?: (rules: Rules) => OptionMerging | undefined;
  readonly scenarios: (input: RulesAndBook<Rules>) => readonly ScenarioSet[];
  /**
   * Long joint sets that the charge revalues itself: the book in sum, single positions in the scenarios of the tail only. They have no cubes;
   * a scenario of theirs can be opened like any other. Absent: none.
   */
  readonly summedScenarios?: (input: RulesAndBook<Rules>) => readonly ScenarioSet[];
  readonly charge: (input: ChargeInput<Rules>) => Charge;
  /**
   * The amounts of `charge` at many markets of one book together, to rounding, for surfaces whose options are added up; only where
   * `scenarios` do not depend on the market. Absent: every market is charged by itself.
   */
  readonly chargeColumns?: (input: MarketColumns & { readonly rules: Rules }) => readonly AccountColumns[];
}

/** A methodology with its rules fixed. */
export interface MethodologyUnderRules {
  readonly requires: (portfolio: readonly Position[]) => readonly string[];
  readonly excludes: (position: Position) => string | undefined;
  readonly smiles?: boolean;
  readonly refuses?: (book: Book) => Failure | undefined;
  readonly mergesOptions?: OptionMerging;
  readonly scenarios: (book: Book) => readonly ScenarioSet[];
  readonly summedScenarios?: (book: Book) => readonly ScenarioSet[];
  readonly charge: (book: Book, revalued: Revalued) => Charge;
  readonly chargeColumns?: (markets: MarketColumns) => readonly AccountColumns[];
}

export interface Methodology {
  readonly id: string;
  readonly title: string;
  readonly venue: string;
  readonly accuracy: Accuracy;
  readonly rules: z.ZodType;
  /** The methodology under parameters; a failure names the pointer of the first parameter that breaks the schema. */
  readonly under: (parameters: unknown) => Result<MethodologyUnderRules>;
}

export function defineMethodology<Rules>(definition: MethodologyDefinition<Rules>): Methodology {
  const { id, title, venue, accuracy, chargeColumns } = definition;
  return {
    id,
    title,
    venue,
    accuracy,
    rules: definition.rules,
    under(parameters) {
      const parsed = definition.rules.safeParse(parameters);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        const pointer = `/${(issue?.path ?? []).join("/")}`;
        return failed("invalid-input", `parameter ${pointer} of ${id}: ${issue?.message ?? "not valid"}`, pointer);
      }
      const rules = parsed.data;
      const mergesOptions = definition.mergesOptions?.(rules);
      return success({
        ...(mergesOptions === undefined ? {} : { mergesOptions }),
        requires: (portfolio) => definition.requires(portfolio, rules),
        excludes: (position) => outOfScope(definition.margins, position) ?? definition.excludes?.(position, rules),
        ...(definition.smiles?.(rules) === true ? { smiles: true } : {}),
        refuses: (book) => definition.refuses?.({ rules, book }),
        scenarios: (book) => definition.scenarios({ rules, book }),
        summedScenarios: (book) => definition.summedScenarios?.({ rules, book }) ?? [],
        charge: (book, revalued) => definition.charge({ rules, book, ...revalued }),
        ...(chargeColumns === undefined ? {} : { chargeColumns: (markets) => chargeColumns({ rules, ...markets }) }),
      });
    },
  };
}

function outOfScope(margins: "crypto" | "listed" | "any" = "crypto", { instrument }: Position): string | undefined {
  if (margins === "any" || isListed(instrument) === (margins === "listed")) return undefined;
  return margins === "listed"
    ? `${instrument.symbol} is not a listed contract; this method margins contracts of clearing houses`
    : `${instrument.symbol} is a listed contract; this method margins contracts of crypto venues`;
}
