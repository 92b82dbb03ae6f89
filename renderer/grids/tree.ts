/** A row of a flattened tree. Children follow their parent; a closed row has none in the list. */
export interface TreeRow {
  readonly id: string;
  readonly parent?: string | undefined;
  /** 1 at the top. */
  readonly level: number;
  /** Text of the tree column. */
  readonly label: string;
  /** Absent on rows that have no children. */
  readonly expanded?: boolean | undefined;
}

export interface TreeNode<Value> {
  readonly id: string;
  readonly label: string;
  readonly value: Value;
  readonly children: readonly TreeNode<Value>[];
}

export type FlatRow<Value> = TreeRow & { readonly value: Value };

/**
 * The rows of a tree that can be seen.
 *
 * @param isOpen whether a node with children shows them
 */
export function flattened<Value>(
  nodes: readonly TreeNode<Value>[],
  isOpen: (node: TreeNode<Value>, level: number) => boolean,
): FlatRow<Value>[] {
  const rows: FlatRow<Value>[] = [];
  const visit = (node: TreeNode<Value>, level: number, parent: string | undefined): void => {
    const open = node.children.length > 0 ? isOpen(node, level) : undefined;
    rows.push({ id: node.id, parent, level, label: node.label, expanded: open, value: node.value });
    if (open) for (const child of node.children) visit(child, level + 1, node.id);
  };
  for (const node of nodes) visit(node, 1, undefined);
  return rows;
}

/** The part of a tree whose nodes match, with everything above a match and, below it, everything. */
export function matching<Value>(
  nodes: readonly TreeNode<Value>[],
  matches: (node: TreeNode<Value>) => boolean,
): TreeNode<Value>[] {
  return nodes.flatMap((node) => {
    if (matches(node)) return [node];
    const children = matching(node.children, matches);
    return children.length > 0 ? [{ ...node, children }] : [];
  });
}

/** Ids of everything above a node, from the top; `undefined` when it is not in the tree. */
export function pathTo<Value>(nodes: readonly TreeNode<Value>[], id: string): string[] | undefined {
  for (const node of nodes) {
    if (node.id === id) return [];
    const below = pathTo(node.children, id);
    if (below) return [node.id, ...below];
  }
  return undefined;
}

/**
 * Rows in the order a grid sorted them, with children back under their parents: siblings are sorted, the tree stays.
 *
 * @param rows sorted without regard to the tree
 */
export function treeOrder<Row extends TreeRow>(rows: readonly Row[]): Row[] {
  const children = new Map<string | undefined, Row[]>();
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const parent = row.parent !== undefined && ids.has(row.parent) ? row.parent : undefined;
    const siblings = children.get(parent);
    if (siblings) siblings.push(row);
    else children.set(parent, [row]);
  }
  const under = (parent: string | undefined): Row[] =>
    (children.get(parent) ?? []).flatMap((row) => [row, ...under(row.id)]);
  return under(undefined);
}

/** Words that a text filter looks for, all of them anywhere in the text, in any case. */
export function textMatch(filter: string): (text: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}
