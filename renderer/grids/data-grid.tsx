import {
  AllCommunityModule,
  type CellKeyDownEvent,
  type ColDef,
  type FullWidthCellKeyDownEvent,
  type GetRowIdParams,
  type GridApi,
  type IRowNode,
  ModuleRegistry,
  type PostSortRowsParams,
  type RowClassParams,
  type SuppressKeyboardEventParams,
} from "ag-grid-community";
import { AgGridReact } from "ag-grid-react";
import { useCallback, useEffect, useMemo, useRef } from "react";
import { termOf } from "../app/help/terms.ts";
import { explainGrid } from "../app/help/what-is-this.ts";
import { styleNonce } from "../app/theme/nonce.ts";
import { afterFrame } from "../state/drawn.ts";
import { usePreferences } from "../state/preferences.ts";
import type { GridColumn } from "./columns.ts";
import { copyFromGrid } from "./copy.ts";
import "./data-grid.css";
import { gridTheme } from "./grid-theme.ts";

ModuleRegistry.registerModules([AllCommunityModule]);

/** The same for every grid of a page: AG Grid shares its style elements. */
const nonce = styleNonce();

export interface DataGridProps<Row> {
  /** Accessible name. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** Keep the reference stable (`useMemo`). */
  readonly columns: readonly GridColumn<Row>[];
  readonly rowId: (row: Row) => string;
  readonly pinnedBottomRows?: readonly Row[];
  /** Ids of rows shown as selected. */
  readonly selected?: readonly string[];
  readonly onSelect?: (rows: readonly Row[]) => void;
  /** Enter or double click. */
  readonly onOpen?: (row: Row) => void;
  readonly onEdit?: (row: Row, columnId: string, value: unknown) => void;
  readonly rowClass?: (row: Row) => string | undefined;
  readonly quickFilter?: string;
  /** Keeps children of a flattened tree under their parents. */
  readonly postSortRows?: (params: PostSortRowsParams<Row>) => void;
  /** Trees: keys before the grid has them; return true to keep the grid from acting. */
  readonly onKey?: (event: KeyboardEvent, row: Row | undefined) => boolean;
  /** Where a row is explained, as `document#section`; default the meaning of the column. */
  readonly rowHelp?: (row: Row) => string | undefined;
  /** Shown instead of rows when there are none. */
  readonly emptyText?: string;
  readonly autoHeight?: boolean;
}

const defaultColumn = {
  sortable: true,
  resizable: true,
  suppressHeaderMenuButton: true,
  minWidth: 56,
} as const;

/** The one table of the workstation: AG Grid with our theme, keyboard, copying of raw values and accessible names. */
export function DataGrid<Row>(props: DataGridProps<Row>) {
  const { rows, columns, rowId, onSelect, onOpen, onEdit, onKey, rowClass, selected, label } = props;
  const accessible = usePreferences((state) => state.accessibleGrids);
  /** Row height and number format are read when a grid is made. */
  const look = usePreferences(
    (state) => `${state.density} ${state.locale} ${state.negative} ${state.accessibleGrids} ${state.zone}`,
  );
  const api = useRef<GridApi<Row> | null>(null);
  const getRowId = useCallback(({ data }: GetRowIdParams<Row>) => rowId(data), [rowId]);
  const rowData = useMemo(() => [...rows], [rows]);
  const bottomRows = useMemo(() => props.pinnedBottomRows && [...props.pinnedBottomRows], [props.pinnedBottomRows]);
  const columnDefs = useMemo<ColDef<Row>[]>(() => [...columns], [columns]);
  const defaultColDef = useMemo<ColDef<Row>>(
    () => ({
      ...defaultColumn,
      ...(onKey && {
        suppressKeyboardEvent: ({ event, data, editing }: SuppressKeyboardEventParams<Row>) =>
          !editing && onKey(event, data),
      }),
    }),
    [onKey],
  );
  const getRowClass = useMemo(
    () => rowClass && (({ data }: RowClassParams<Row>) => (data === undefined ? undefined : rowClass(data))),
    [rowClass],
  );
  const localeText = useMemo(() => ({ noRowsToShow: props.emptyText ?? "Nothing here yet." }), [props.emptyText]);

  const showSelected = useCallback(() => {
    if (!selected || !api.current) return;
    const wanted = new Set(selected);
    api.current.forEachNode((node) => {
      const isWanted = node.id !== undefined && wanted.has(node.id);
      if (node.isSelected() !== isWanted) node.setSelected(isWanted, false, "api");
    });
    const [only, another] = selected;
    const node = only !== undefined && another === undefined ? api.current.getRowNode(only) : undefined;
    if (node) api.current.ensureNodeVisible(node);
  }, [selected]);
  // Rows that come later, when a tree opens, are selected too.
  useEffect(() => {
    if (rows.length > 0) showSelected();
  }, [showSelected, rows]);

  useEffect(() => {
    if (api.current && !api.current.isDestroyed()) api.current.setGridAriaProperty("label", label);
  }, [label]);

  const resizedByUser = useRef(false);
  const fitting = useRef<(() => void) | undefined>(undefined);
  /**
   * Numbers are never cut: their columns grow to fit, unless the user has set widths. Measuring makes the page lay itself out, so it
   * is done once for all changes of a moment, in a step of its own for each grid, after the changes are on the screen.
   */
  const fitNumbers = useCallback(
    (grid: GridApi<Row>) => {
      const numeric = columns.filter(({ cellDataType, flex }) => cellDataType === "number" && flex === undefined);
      const limits = numeric.flatMap(({ colId, width }) => (colId ? [{ colId, minWidth: width ?? 60 }] : []));
      fitting.current?.();
      if (resizedByUser.current || limits.length === 0) return;
      fitting.current = afterFrame(() => {
        if (grid.isDestroyed()) return;
        grid.autoSizeColumns({ colIds: limits.map(({ colId }) => colId), columnLimits: limits });
      });
    },
    [columns],
  );

  /** Class of each row as it was drawn: the grid sets classes once, so rows whose class is another one now are drawn again. */
  const drawnClasses = useRef(new Map<string, string | undefined>());
  const redrawClasses = useCallback(
    (grid: GridApi<Row>) => {
      if (!rowClass) return;
      const before = drawnClasses.current;
      const now = new Map<string, string | undefined>();
      const changed: IRowNode<Row>[] = [];
      grid.forEachNode((node) => {
        if (node.data === undefined || node.id === undefined) return;
        const name = rowClass(node.data);
        now.set(node.id, name);
        if (before.has(node.id) && before.get(node.id) !== name) changed.push(node);
      });
      drawnClasses.current = now;
      if (changed.length > 0) grid.redrawRows({ rowNodes: changed });
    },
    [rowClass],
  );

  const onCellKeyDown = (pressed: CellKeyDownEvent<Row> | FullWidthCellKeyDownEvent<Row>): void => {
    const { event, node, data } = pressed;
    // Not `instanceof`: a second window has its own class of events.
    if (!event || !isKey(event)) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "c") {
      event.preventDefault();
      void copyFromGrid(pressed.api);
    } else if (event.key === "Enter" && data !== undefined && !node.rowPinned) {
      const editable = "column" in pressed && pressed.column.isCellEditable(node);
      if (!editable) onOpen?.(data);
    }
  };

  const container = useRef<HTMLDivElement>(null);
  const rowHelp = useRef(props.rowHelp);
  rowHelp.current = props.rowHelp;
  useEffect(() => {
    if (!container.current) return;
    return explainGrid(container.current, (cell) => {
      const grid = api.current;
      const id = cell.closest("[row-id]")?.getAttribute("row-id");
      const row = id === null || id === undefined ? undefined : grid?.getRowNode(id)?.data;
      const ofRow = row === undefined ? undefined : rowHelp.current?.(row);
      const { headerName = "" } = grid?.getColumnDef(cell.getAttribute("col-id") ?? "") ?? {};
      return ofRow ?? termOf(headerName);
    });
  }, []);

  return (
    <div ref={container} className="data-grid" data-auto-height={props.autoHeight}>
      <AgGridReact<Row>
        key={look}
        theme={gridTheme}
        {...(nonce !== undefined && { styleNonce: nonce })}
        rowData={rowData}
        columnDefs={columnDefs}
        defaultColDef={defaultColDef}
        getRowId={getRowId}
        localeText={localeText}
        {...(bottomRows && { pinnedBottomRowData: bottomRows })}
        {...(onSelect && { rowSelection: selectionOptions })}
        {...(getRowClass && { getRowClass })}
        {...(props.quickFilter !== undefined && { quickFilterText: props.quickFilter })}
        {...(props.postSortRows && { postSortRows: props.postSortRows })}
        {...(props.autoHeight && { domLayout: "autoHeight" as const })}
        animateRows={false}
        ensureDomOrder={accessible}
        suppressColumnVirtualisation={accessible}
        stopEditingWhenCellsLoseFocus
        tooltipShowDelay={400}
        readOnlyEdit={onEdit !== undefined}
        onGridReady={({ api: ready }) => {
          api.current = ready;
          ready.setGridAriaProperty("label", label);
          showSelected();
        }}
        onFirstDataRendered={({ api: grid }) => {
          fitNumbers(grid);
          redrawClasses(grid);
        }}
        onRowDataUpdated={({ api: grid }) => {
          fitNumbers(grid);
          redrawClasses(grid);
        }}
        onVirtualColumnsChanged={({ api: grid }) => fitNumbers(grid)}
        onColumnResized={({ source }) => {
          if (source === "uiColumnResized") resizedByUser.current = true;
        }}
        onCellKeyDown={onCellKeyDown}
        onCellDoubleClicked={({ data, node, column }) => {
          if (data !== undefined && !node.rowPinned && !column.isCellEditable(node)) onOpen?.(data);
        }}
        onSelectionChanged={({ api: grid, source }) => {
          if (source !== "api" && source !== "rowDataChanged") onSelect?.(grid.getSelectedRows());
        }}
        onCellEditRequest={({ data, column, newValue }) => onEdit?.(data, column.getColId(), newValue)}
      />
    </div>
  );
}

const isKey = (event: Event): event is KeyboardEvent => "key" in event;

const selectionOptions = {
  mode: "multiRow",
  checkboxes: false,
  headerCheckbox: false,
  enableClickSelection: true,
} as const;
