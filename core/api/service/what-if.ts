import {
  type BaseState,
  baseState,
  type Candidate,
  executionSteps,
  listedCandidates,
  portfolioAlgebra,
  rankCandidates,
  ticketCost,
  ticketSize,
  understoodLegs,
  type WhatIfResult,
  whatIfColumn,
} from "../../analysis/index.ts";
import { failed, type Result, success, type Work } from "../../base/index.ts";
import { quantityUnit } from "../../instrument/index.ts";
import { effectivePortfolio, resolveLegs } from "../../margin/index.ts";
import type { Portfolio } from "../../portfolio/index.ts";
import type { AlgebraOutcome, ParsedInput } from "../contract.ts";
import type { Ports } from "../ports.ts";
import { entries } from "./entries.ts";
import { inputsOf } from "./inputs.ts";
import type { ServicePart } from "./part.ts";
import { portfolioNote } from "./portfolio.ts";
import type { Sources } from "./source.ts";
import { mappedWhatIf, preparedWhatIf, reversedLegs } from "./what-if-inputs.ts";
import { searchedInstruments } from "./what-if-instruments.ts";
import { optionalLibrary, whatIfStress } from "./what-if-stress.ts";

/** Questions about trades that are not made. */
export function whatIf(ports: Ports, sources: Sources): ServicePart<"what-if"> {
  const stored = entries<Portfolio>(ports, "portfolio", () => ports.store.portfolios);
  return {
    "what-if.run": ({ limits, ...request }, work) => run(request, limits, ports, sources, work),
    "what-if.stress": (request, work) => whatIfStress(request, ports, sources, work),
    "what-if.size": ({ limits, mostLots, ...request }, work) =>
      size(request, { limits, mostLots }, ports, sources, work),
    "what-if.candidates": (request, work) => candidates(request, ports, sources, work),
    "what-if.steps": (request, work) => steps(request, ports, sources, work),
    "what-if.algebra": (request, work) => algebra(request, sources, work),
    "what-if.save-algebra": (request, work) => algebra(request, sources, work, stored.save),
    "what-if.save": async ({ name, portfolio, edits, legs, ...request }, work) => {
      const inputs = await inputsOf({ ...request, portfolio }, legs, sources, work);
      if (!inputs.ok) return inputs;
      const trades = resolveLegs(legs, inputs.value);
      if (!trades.ok) return trades;
      const effective = effectivePortfolio(inputs.value.portfolio, { edits, legs: trades.value });
      if (!effective.ok) return effective;
      const content: Portfolio = { ...inputs.value.portfolio, name, ...effective.value };
      return stored.save({ name, note: portfolioNote(content), content });
    },
    "what-if.instruments": async ({ market, words, most }, work) => {
      const found = await sources.market(market, work);
      return found.ok ? success(searchedInstruments(found.value.content, words, most)) : found;
    },
  };
}

type Request = Omit<ParsedInput<"what-if.run">, "limits">;
type Limits = ParsedInput<"what-if.run">["limits"];

async function run(
  { stress: asked, ...request }: Request,
  limits: Limits,
  ports: Ports,
  sources: Sources,
  work: Work,
): Promise<Result<WhatIfResult>> {
  const stress = optionalLibrary(asked, ports);
  if (!stress.ok) return stress;
  const prepared = await preparedWhatIf(request, ports, sources, work);
  if (!prepared.ok) return prepared;
  const { inputs, legs, columns } = prepared.value;
  const made: WhatIfResult["columns"][number][] = [];
  for (const [place, { label, run: column, legs: own }] of columns.entries()) {
    work.progress(place, columns.length, "methods");
    await work.pause();
    if (work.cancelled()) return failed("cancelled", "cancelled");
    const result = column.ok ? whatIfColumn(column.value, own, { label, limits, stress: stress.value }) : column;
    made.push(result.ok ? result.value : { label, failure: result.failure });
  }
  work.progress(columns.length, columns.length, "methods");
  return success({
    portfolioName: inputs.portfolio.name,
    marketName: inputs.market.name,
    asOfMs: inputs.market.asOfMs,
    synthetic: inputs.portfolio.synthetic === true || inputs.market.synthetic === true,
    legs: understoodLegs(legs, inputs),
    cost: ticketCost(legs, inputs),
    columns: made,
  });
}

async function size(
  { stress: asked, ...request }: Request,
  { limits, mostLots }: { readonly limits: Limits; readonly mostLots: number },
  ports: Ports,
  sources: Sources,
  work: Work,
) {
  const stress = optionalLibrary(asked, ports);
  if (!stress.ok) return stress;
  const prepared = await preparedWhatIf(request, ports, sources, work);
  if (!prepared.ok) return prepared;
  const { inputs, legs, columns } = prepared.value;
  const other = reversedLegs(request.legs, inputs);
  if (!other.ok) return other;
  const bases: BaseState[] = [];
  for (const { run: column } of columns) {
    const base = column.ok ? baseState(column.value) : column;
    if (!base.ok) return base;
    bases.push(base.value);
  }
  const tickets = { asStated: legs, reversed: other.value };
  if (!request.map) return ticketSize(bases, tickets, limits, mostLots, work, stress.value);
  const venues = new Set(bases.map(({ run: { methodology } }) => methodology.venue));
  const [venue] = venues;
  if (venues.size > 1 || venue === undefined)
    return failed("unsupported", "a size in mapped contracts needs methods of one venue", "/map");
  const reversed = mappedWhatIf(inputs, other.value, venue).legs;
  return ticketSize(bases, { asStated: columns[0]?.legs ?? legs, reversed }, limits, mostLots, work, stress.value);
}

async function candidates(
  {
    candidates: asked,
    stress: sets,
    measure,
    most,
    feeBps,
    halfSpreadBps,
    ...request
  }: ParsedInput<"what-if.candidates">,
  ports: Ports,
  sources: Sources,
  work: Work,
) {
  const stress = optionalLibrary(sets, ports);
  if (!stress.ok) return stress;
  const tickets = asked.from === "tickets" ? asked.tickets : [];
  const allLegs = [...request.legs, ...tickets.flatMap(({ legs }) => legs)];
  const based = await single({ ...request, legs: request.legs }, ports, sources, work, allLegs);
  if (!based.ok) return based;
  const { base, inputs } = based.value;
  const list: Candidate[] = [];
  for (const [place, { label, legs }] of tickets.entries()) {
    const resolved = resolveLegs(legs, inputs);
    if (!resolved.ok)
      return {
        ok: false as const,
        failure: { ...resolved.failure, at: `/candidates/tickets/${place}${resolved.failure.at ?? ""}` },
      };
    list.push({ label, legs: resolved.value });
  }
  if (asked.from === "market") list.push(...listedCandidates(inputs, asked));
  // Legs of the request are part of the book that candidates are held against.
  const held = list.map(({ label, legs }) => ({ label, legs }));
  const choices = { measure, most, costs: { feeBps, halfSpreadBps }, stress: stress.value };
  return rankCandidates(base, held, choices, inputs, work);
}

async function steps(
  { order, slices, ...request }: ParsedInput<"what-if.steps">,
  ports: Ports,
  sources: Sources,
  work: Work,
) {
  const places = order ?? request.legs.map((_, place) => place);
  const isOrder = places.length === request.legs.length && new Set(places).size === places.length;
  if (!isOrder || places.some((place) => place >= request.legs.length))
    return failed("invalid-input", "an order names the place of each leg once", "/order");
  const based = await single({ ...request, legs: [], scenarios: [] }, ports, sources, work, request.legs);
  if (!based.ok) return based;
  const legs = resolveLegs(request.legs, based.value.inputs);
  if (!legs.ok) return legs;
  return executionSteps(based.value.base, legs.value, { order: places, slices }, work);
}

/** One method over the book; the legs given belong to the book before. */
async function single(
  {
    methodology,
    rules,
    overrides,
    legs,
    scenarios,
    ...request
  }: Omit<ParsedInput<"what-if.candidates">, "candidates" | "stress" | "measure" | "most" | "feeBps" | "halfSpreadBps">,
  ports: Ports,
  sources: Sources,
  work: Work,
  named: Request["legs"],
) {
  const inputs = await inputsOf(request, named, sources, work);
  if (!inputs.ok) return inputs;
  const before = resolveLegs(legs, inputs.value);
  if (!before.ok) return before;
  const held = effectivePortfolio(inputs.value.portfolio, { edits: request.edits, legs: before.value });
  if (!held.ok) return held;
  const column = { methodology, overrides, ...(rules === undefined ? {} : { rules }) };
  const prepared = await preparedWhatIf(
    { ...request, legs: [], scenarios, columns: [column], map: false },
    ports,
    sources,
    work,
  );
  if (!prepared.ok) return prepared;
  const run = prepared.value.columns[0]?.run;
  if (run?.ok !== true) return run ?? failed("internal", "a request has one column");
  const traded =
    legs.length === 0 ? run.value : { ...run.value, edits: [], portfolio: { ...run.value.portfolio, ...held.value } };
  const base = baseState({ ...traded, ...fileAndPast(inputs.value) });
  return base.ok ? success({ base: base.value, inputs: { ...inputs.value, portfolio: traded.portfolio } }) : base;
}

function fileAndPast({
  parameterFile,
}: {
  readonly parameterFile?: NonNullable<Parameters<typeof baseState>[0]["parameterFile"]>;
}) {
  return parameterFile === undefined ? {} : { parameterFile };
}

/** Positions that a preview of algebra lists. */
const mostShown = 1000;

async function algebra(
  { terms, ...options }: ParsedInput<"what-if.algebra">,
  sources: Sources,
  work: Work,
  save?: ReturnType<typeof entries<Portfolio>>["save"],
): Promise<Result<AlgebraOutcome>> {
  const found: Parameters<typeof portfolioAlgebra>[0][number][] = [];
  for (const { portfolio, ...term } of terms) {
    const one = await sources.portfolio(portfolio, work);
    if (!one.ok) return one;
    found.push({ ...term, portfolio: one.value.content });
  }
  const made = portfolioAlgebra(found, options);
  if (!made.ok) return made;
  const { portfolio, notes } = made.value;
  const saved = save?.({ name: portfolio.name, note: portfolioNote(portfolio), content: portfolio });
  if (saved?.ok === false) return saved;
  return success({
    ...{ name: portfolio.name, venue: portfolio.venue, count: portfolio.positions.length, notes },
    positions: portfolio.positions.slice(0, mostShown).map(({ instrument, quantity, account }) => ({
      ...{ symbol: instrument.symbol, quantity, quantityUnit: quantityUnit(instrument) },
      ...(account === undefined ? {} : { account }),
    })),
    balances: portfolio.balances.map(({ currency, equity }) => ({ currency, equity })),
    ...(saved === undefined ? {} : { saved: saved.value }),
  });
}
