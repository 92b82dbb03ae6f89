import type { CsvTable } from "../../app/download.ts";
import type { Line } from "../../client/types.ts";
import type { TreeNode } from "../../grids/tree.ts";
import { combinationWords } from "./combination-words.ts";
import type { StatementValue } from "./statement-tree.ts";

/** Every line of the statement, parents first. */
export function statementCsv(nodes: readonly TreeNode<StatementValue>[]): CsvTable {
  const lines = (node: TreeNode<StatementValue>, level: number): (readonly [string, number, Line])[] => [
    ...(node.value.line ? [[node.value.account, level, node.value.line] as const] : []),
    ...node.children.flatMap((child) => lines(child, level + 1)),
  ];
  return {
    header: [
      "account",
      "level",
      "id",
      "label",
      "amount",
      "unit",
      "how",
      "rule",
      "component",
      "basis",
      "position",
      "inputs",
    ],
    rows: nodes
      .flatMap((node) => lines(node, 0))
      .map(([account, level, line]) => [
        ...[account, level, line.id, line.label, line.amount, line.unit, combinationWords(line), line.rule],
        ...[line.component, line.basis, line.positionId],
        line.inputs.map(({ label, value, unit = "" }) => `${label}: ${value} ${unit}`.trim()).join("; "),
      ]),
  };
}
