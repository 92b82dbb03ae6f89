import type { AccountResult, Line, MarginResult } from "../../client/types.ts";
import type { TreeNode } from "../../grids/tree.ts";

/** A row of the statement: an account, or a line of it. */
export interface StatementValue {
  readonly account: string;
  readonly line?: Line;
}

/** Accounts, and under each its requirement, balance and everything they follow from. */
export function statementTree(result: MarginResult): TreeNode<StatementValue>[] {
  return result.accounts.map((account) => ({
    id: `account ${account.id}`,
    label: account.id === account.unit ? `${account.id} account` : `${account.id} account, ${account.unit}`,
    value: { account: account.id },
    children: linesOf(account).map((line) => lineNode(account.id, line)),
  }));
}

/** Ids of the lines that show what binds: scenario lines, and everything above them. */
export function bindingLines(nodes: readonly TreeNode<StatementValue>[]): string[] {
  return nodes.flatMap((node) => {
    const below = bindingLines(node.children);
    const binds = node.value.line?.component === "scenario" && node.value.line.amount !== 0;
    return below.length > 0 || binds ? [node.id, ...below] : [];
  });
}

/** The first line whose children are profits of a scenario: where the binding scenario is named. */
export function firstBindingLine(nodes: readonly TreeNode<StatementValue>[]): string | undefined {
  for (const node of nodes) {
    const { line } = node.value;
    if (line?.combine.kind === "loss" && line.amount > 0) return node.id;
    const below = firstBindingLine(node.children);
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Positions of a line and everything below it, each once. */
export function positionsOf({ positionId, children }: Line): string[] {
  return [...new Set([...(positionId === undefined ? [] : [positionId]), ...children.flatMap(positionsOf)])];
}

/** A line by id. */
export function findLine(
  nodes: readonly TreeNode<StatementValue>[],
  id: string | undefined,
): StatementValue | undefined {
  for (const node of nodes) {
    if (node.id === id) return node.value;
    const below = findLine(node.children, id);
    if (below) return below;
  }
  return undefined;
}

function linesOf(account: AccountResult): Line[] {
  const { initial, maintenance, marginBalance, equity, withdrawable, ratios = [], surplus = [] } = account;
  const lines = [...ratios, initial, maintenance, ...surplus, marginBalance, equity, withdrawable];
  return lines.filter((line) => line !== undefined);
}

function lineNode(account: string, line: Line): TreeNode<StatementValue> {
  return {
    id: line.id,
    label: line.label,
    value: { account, line },
    children: line.children.map((child) => lineNode(account, child)),
  };
}
