import { type Failure, failure, isoInstant } from "../base/index.ts";
import { isTorn, type MarketSnapshot } from "../market/index.ts";
import type { SourceFile } from "../portfolio/index.ts";
import { buildSeries, type StatedObservation } from "./build-series.ts";
import { seriesHead } from "./factor.ts";
import type { History } from "./history.ts";
import { type MarketFactor, marketFactors } from "./market-factors.ts";

/** What one market of a panel says of the risk factors: small, so that the market itself can be let go. */
export interface PanelMoment {
  readonly asOfMs: number;
  readonly venue: string;
  readonly factors: readonly MarketFactor[];
  /** Its rows are not of one moment. */
  readonly torn: boolean;
  readonly synthetic: boolean;
  readonly sources: readonly SourceFile[];
}

/** What a panel keeps of a market: its risk factors, and whether they are of one moment. */
export function panelMoment(market: MarketSnapshot): PanelMoment {
  const { asOfMs, venue, warnings, synthetic, sources } = market;
  const torn = warnings.some(isTorn);
  return { asOfMs, venue, factors: marketFactors(market), torn, synthetic: synthetic === true, sources };
}

/** Where observations of markets come from: snapshots of one venue are one source. */
export function panelSource(venue: string): string {
  return `${venue} market snapshots`;
}

/**
 * The history of a panel of markets: a series for each risk factor that they show.
 *
 * @param moments of one venue, in any order
 */
export function panelHistory(name: string, moments: readonly PanelMoment[]): History {
  const observed = new Map<string, StatedObservation[]>();
  for (const { asOfMs, factors, sources } of moments) {
    for (const { factor, value } of factors) {
      const observations = observed.get(factor) ?? [];
      observed.set(factor, observations);
      observations.push({ timeMs: asOfMs, value, at: sources[0]?.name ?? isoInstant(asOfMs) });
    }
  }
  const source = panelSource(moments[0]?.venue ?? "");
  const built = [...observed].flatMap(([factor, observations]) => {
    const head = seriesHead(factor, source);
    return head === undefined ? [] : [buildSeries(head, observations)];
  });
  const torn = tornWarning(moments.filter((moment) => moment.torn).map(({ asOfMs }) => asOfMs));
  const series = built.map((of) => of.series).sort((a, b) => (a.factor < b.factor ? -1 : 1));
  return {
    ...{ name, series, sources: moments.flatMap(({ sources }) => sources) },
    warnings: saidOnce([...(torn === undefined ? [] : [torn]), ...built.flatMap(({ warnings }) => warnings)]),
    ...(moments.some(({ synthetic }) => synthetic) ? { synthetic: true } : {}),
  };
}

const listedTorn = 10;

/**
 * Says which snapshots have rows that are not of one moment.
 *
 * @param torn their times; `undefined` for none
 */
export function tornWarning(torn: readonly number[]): Failure | undefined {
  if (torn.length === 0) return undefined;
  const named = [...torn].sort((a, b) => a - b).map(isoInstant);
  const listed = named.slice(0, listedTorn).join(", ");
  const more = named.length > listedTorn ? `, and ${named.length - listedTorn} more` : "";
  const snapshots = torn.length === 1 ? "1 snapshot" : `${torn.length} snapshots`;
  return failure("invalid-input", `rows of ${snapshots} are not of one moment: ${listed}${more}`);
}

/** Warnings that several series share, such as the missing days of a panel, said once for all of them. */
export function saidOnce(warnings: readonly Failure[]): readonly Failure[] {
  const bodies = new Map<string, Failure[]>();
  for (const warning of warnings) {
    const body = warning.message.replace(/^\S+: /, "");
    bodies.set(body, [...(bodies.get(body) ?? []), warning]);
  }
  return [...bodies].flatMap(([body, same]) => {
    const [first] = same;
    if (first === undefined || same.length === 1) return same;
    return [{ ...first, message: `${same.length} series, the first ${first.message.split(": ")[0]}: ${body}` }];
  });
}
