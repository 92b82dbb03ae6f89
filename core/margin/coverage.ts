import { type Failure, type Result, success } from "../base/index.ts";
import type { History } from "../history/index.ts";
import { type InstrumentKind, isListed } from "../instrument/index.ts";
import type { MarketSnapshot } from "../market/index.ts";
import type { Methodology } from "../methodology/index.ts";
import type { ParameterFile } from "../parameter-file/index.ts";
import type { Portfolio, PositionId } from "../portfolio/index.ts";
import type { ResolvedRules } from "../rulebook/index.ts";
import { excludedPositions } from "./build-book.ts";
import { underRules } from "./under-rules.ts";

/** A methodology under rules, asked which positions it margins. */
export interface RuledMethodology {
  readonly methodology: Methodology;
  readonly rules: ResolvedRules;
}

/** What a run computes from. */
export interface BookInputs {
  readonly portfolio: Portfolio;
  readonly market: MarketSnapshot;
  readonly history?: History;
  readonly parameterFile?: ParameterFile;
}

/** Why a method does not margin a position. */
export interface NotMargined {
  readonly methodology: string;
  readonly failure: Failure;
}

export interface PositionCoverage {
  readonly id: PositionId;
  readonly symbol: string;
  /** Signed, long > 0. */
  readonly quantity: number;
  readonly venue: string;
  readonly kind: InstrumentKind;
  /** Of a clearing house; else of a crypto venue. */
  readonly listed: boolean;
  /** Methods that margin it, in the order asked. */
  readonly by: readonly string[];
  readonly not: readonly NotMargined[];
}

/** Which methods can margin which positions of one book at one market. */
export interface Coverage {
  readonly portfolioName: string;
  readonly marketName: string;
  readonly methods: readonly {
    readonly id: string;
    readonly title: string;
    /** Positions it margins. */
    readonly positions: number;
    /** Why it was not asked at all. */
    readonly failure?: Failure;
  }[];
  readonly positions: readonly PositionCoverage[];
  /** Positions no method margins. */
  readonly uncovered: number;
}

/**
 * Asks methods which positions of a book they margin at a market: by their own scope and exclusions, by the market data they
 * need, and by what they refuse as a book (no parameter file, a history too short).
 *
 * @param inputs  one book and market
 * @param methods in the order they are listed; a failure stands for a method whose rules cannot be found
 * @returns a position each with the methods that margin it and the reasons of the others
 */
export function coverageOf(
  inputs: BookInputs,
  methods: readonly { readonly id: string; readonly title: string; readonly ruled: Result<RuledMethodology> }[],
): Coverage {
  const asked = methods.map(({ id, title, ruled }) => {
    const reasons = ruled.ok ? reasonsOf(inputs, ruled.value) : ruled;
    return { id, title, reasons };
  });
  const positions = inputs.portfolio.positions.map(({ id, instrument, quantity }): PositionCoverage => {
    const by: string[] = [];
    const not: NotMargined[] = [];
    for (const { id: methodology, reasons } of asked) {
      const failure = reasons.ok ? reasons.value.get(id) : reasons.failure;
      if (failure === undefined) by.push(methodology);
      else not.push({ methodology, failure });
    }
    const { symbol, venue, kind } = instrument;
    return { id, symbol, quantity, venue, kind, listed: isListed(instrument), by, not };
  });
  return {
    portfolioName: inputs.portfolio.name,
    marketName: inputs.market.name,
    methods: asked.map(({ id, title, reasons }) => ({
      ...{ id, title, positions: reasons.ok ? positions.length - reasons.value.size : 0 },
      ...(reasons.ok ? {} : { failure: reasons.failure }),
    })),
    positions,
    uncovered: positions.filter(({ by }) => by.length === 0).length,
  };
}

/** Positions a method under rules does not margin, with the reason of each. */
export function reasonsOf(
  inputs: BookInputs,
  { methodology, rules }: RuledMethodology,
): Result<ReadonlyMap<PositionId, Failure>> {
  const under = underRules(methodology, rules);
  if (!under.ok) return under;
  const excluded = excludedPositions({ ...inputs, methodology: under.value });
  return excluded.ok ? success(new Map(excluded.value.map(({ id, failure }) => [id, failure]))) : excluded;
}
