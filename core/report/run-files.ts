import { csvText, estimateNotice } from "../base/format.ts";
import { canonicalJson } from "../base/index.ts";
import type { MarginResult } from "../margin/index.ts";
import { inputsInWords, runDocument, statementLines } from "./run-document.ts";

/** A margin result as canonical JSON with the version of its layout; reading it back gives the same result. */
export function runJson(result: MarginResult): string {
  return `${canonicalJson({ schema: "margin-run/1", notice: estimateNotice, result })}\n`;
}

/**
 * A margin result as one table (RFC 4180): what it was computed from, lines, scenarios, parts of decompositions, positions and
 * exclusions, each row with its kind. Numbers have full precision; requirements ≥ 0, profit in scenarios > 0, parts: loss > 0.
 */
export function runCsv(result: MarginResult): string {
  const { accounts, positions, excluded } = result;
  return csvText([
    ["row", "account", "of", "id", "label", "level", "amount", "weight", "unit", "rule", "detail"],
    ...runDocument(result).facts.map(([label, value]) => ["fact", "", "", "", label, "", "", "", "", "", value]),
    ...accounts.flatMap((account) => [
      ...statementLines(account).map(({ level, line }) => [
        ...["line", account.id, "statement", line.id, line.label, level, line.amount, "", line.unit, line.rule],
        inputsInWords(line),
      ]),
      ...account.matrices.flatMap(({ setId, unit, cells, bindingScenarioId }) =>
        cells.map(({ scenarioId, label, amount }) => [
          ...["scenario", account.id, setId, scenarioId, label, "", amount, "", unit, ""],
          scenarioId === bindingScenarioId ? "binds" : "",
        ]),
      ),
      ...(account.decompositions ?? []).flatMap(({ id, unit, rule, entries, sum, measure, title }) => [
        ...entries.map(({ label, amount, weight, positionId, scenarioId }) => [
          ...["part", account.id, id, positionId ?? scenarioId ?? label, label, "", amount, weight, unit, rule, title],
        ]),
        ["part-sum", account.id, id, "sum", "sum of the parts", "", sum, "", unit, rule, title],
        ["part-sum", account.id, id, "measure", "measure that is split", "", measure, "", unit, rule, title],
      ]),
    ]),
    ...positions.map(({ id, symbol, settlement, value, quantity, quantityUnit }) => [
      ...["position", "", "", id, symbol, "", value, "", settlement, "", `${quantity} ${quantityUnit}`],
    ]),
    ...excluded.map(({ id, symbol, quantity, failure }) => [
      ...["excluded", "", "", id, symbol, "", "", "", "", "", `${quantity}: ${failure.message}`],
    ]),
  ]);
}
