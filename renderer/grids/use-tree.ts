import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { type FlatRow, flattened, matching, type TreeNode, textMatch } from "./tree.ts";

interface TreeView<Value> {
  readonly rows: readonly FlatRow<Value>[];
  readonly filter: string;
  readonly setFilter: (filter: string) => void;
  /** Keep in columns: its reference never changes. */
  readonly toggle: (id: string) => void;
  readonly openAll: () => void;
  readonly closeAll: () => void;
  /** Opens these rows, e.g. everything above a row that is to be seen. */
  readonly open: (ids: readonly string[]) => void;
}

/**
 * What is open and what is filtered in a tree, and the rows to show.
 *
 * @param openLevels levels that are open until the user opens or closes all
 * @param textOf     what the filter looks at; keep the reference stable
 */
export function useTree<Value>(
  nodes: readonly TreeNode<Value>[],
  openLevels: number,
  textOf: (node: TreeNode<Value>) => string,
): TreeView<Value> {
  const [chosen, setChoice] = useState<Choice>({ levels: undefined, changed: new Set() });
  const choice = useMemo(() => ({ ...chosen, levels: chosen.levels ?? openLevels }), [chosen, openLevels]);
  const [filter, setFilter] = useState("");
  const wanted = useDeferredValue(filter);
  const rows = useMemo(() => {
    if (wanted.trim() === "") return flattened(nodes, isOpenIn(choice));
    const matches = textMatch(wanted);
    // What matches is shown even inside closed groups, and stays closed itself unless the user opens it.
    const kept = matching(nodes, (node) => matches(textOf(node)));
    return flattened(kept, (node, level) => !matches(textOf(node)) || isOpenIn(choice)(node, level));
  }, [nodes, choice, wanted, textOf]);

  const toggle = useCallback((id: string) => {
    setChoice(({ levels, changed }) => {
      const next = new Set(changed);
      if (!next.delete(id)) next.add(id);
      return { levels, changed: next };
    });
  }, []);
  const open = useCallback(
    (ids: readonly string[]) =>
      setChoice((before) => {
        const next = new Set(before.changed);
        for (const { id, open: isOpen } of levelsOf(nodes, { ...before, levels: before.levels ?? openLevels })) {
          if (!ids.includes(id) || isOpen) continue;
          if (!next.delete(id)) next.add(id);
        }
        return { ...before, changed: next };
      }),
    [nodes, openLevels],
  );
  return {
    rows,
    filter,
    setFilter,
    toggle,
    open,
    openAll: () => setChoice({ levels: Number.POSITIVE_INFINITY, changed: new Set() }),
    closeAll: () => setChoice({ levels: 0, changed: new Set() }),
  };
}

/** Levels that are open (absent: as the screen begins), and the nodes for which the opposite holds. */
interface Choice {
  readonly levels: number | undefined;
  readonly changed: ReadonlySet<string>;
}

const isOpenIn =
  ({ levels = 0, changed }: Choice) =>
  ({ id }: { readonly id: string }, level: number): boolean =>
    level <= levels !== changed.has(id);

function levelsOf<Value>(
  nodes: readonly TreeNode<Value>[],
  choice: Choice,
  level = 1,
): { readonly id: string; readonly open: boolean }[] {
  return nodes.flatMap((node) => [
    { id: node.id, open: isOpenIn(choice)(node, level) },
    ...levelsOf(node.children, choice, level + 1),
  ]);
}
