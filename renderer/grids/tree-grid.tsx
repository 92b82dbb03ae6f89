import type { PostSortRowsParams } from "ag-grid-community";
import { useEffect, useMemo, useRef } from "react";
import type { GridColumn } from "./columns.ts";
import { DataGrid, type DataGridProps } from "./data-grid.tsx";
import { type TreeRow, treeOrder } from "./tree.ts";
import { TreeCell, type TreeCellParams } from "./tree-cell.ts";
import "./tree-grid.css";

interface TreeGridProps<Row extends TreeRow> extends Omit<DataGridProps<Row>, "rowId" | "postSortRows" | "onKey"> {
  readonly onToggle: (id: string) => void;
}

const rowId = ({ id }: TreeRow): string => id;

/** The table of the workstation over a flattened tree: arrows open and close in the tree column, sorting keeps children in place. */
export function TreeGrid<Row extends TreeRow>({ onToggle, ...props }: TreeGridProps<Row>) {
  const container = useRef<HTMLDivElement>(null);
  const toggle = useRef(onToggle);
  toggle.current = onToggle;
  const onKey = useMemo(
    () => (event: KeyboardEvent, row: Row | undefined) => {
      if (event.type !== "keydown" || row?.expanded === undefined) return false;
      const inTree = (event.target as Element | null)?.closest(`[col-id="${treeColumnId}"]`) != null;
      const wanted = inTree
        ? (event.key === "ArrowRight" && !row.expanded) ||
          (event.key === "ArrowLeft" && row.expanded) ||
          event.key === "Enter" ||
          event.key === " "
        : false;
      if (!wanted) return false;
      event.preventDefault();
      toggle.current(row.id);
      return true;
    },
    [],
  );
  useEffect(() => {
    // Levels and open states belong to rows of a tree grid; AG Grid's own role knows its paid tree only.
    container.current?.querySelector('[role="grid"]')?.setAttribute("role", "treegrid");
  });
  return (
    <div ref={container} className="tree-grid">
      <DataGrid<Row> {...props} rowId={rowId} postSortRows={keepTree} onKey={onKey} />
    </div>
  );
}

export const treeColumnId = "tree";

interface TreeColumnInput<Row extends TreeRow> extends TreeCellParams<Row> {
  readonly header: string;
  readonly width: number;
  readonly pinned?: boolean;
  /** Value to sort by; default the label. */
  readonly sortBy?: (row: Row) => string | number;
}

export function treeColumn<Row extends TreeRow>(input: TreeColumnInput<Row>): GridColumn<Row> {
  const { header, width, pinned = true, onToggle, badge, title, sortBy } = input;
  const params: TreeCellParams<Row> = { onToggle, badge, title };
  return {
    colId: treeColumnId,
    headerName: header,
    width,
    ...(pinned && { pinned: "left" as const }),
    valueGetter: ({ data }) => data?.label,
    cellRenderer: TreeCell<Row>,
    cellRendererParams: params,
    equals: () => false,
    ...(sortBy && {
      comparator: (_a, _b, one, other) => {
        const [a, b] = [one.data && sortBy(one.data), other.data && sortBy(other.data)];
        if (typeof a === "number" && typeof b === "number") return a - b;
        return String(a).localeCompare(String(b));
      },
    }),
  };
}

function keepTree<Row extends TreeRow>({ nodes }: PostSortRowsParams<Row>): void {
  const byId = new Map(nodes.map((node) => [node.data?.id, node]));
  const ordered = treeOrder(nodes.flatMap(({ data }) => (data ? [data] : [])));
  ordered.forEach(({ id }, index) => {
    const node = byId.get(id);
    if (node) nodes[index] = node;
  });
}
