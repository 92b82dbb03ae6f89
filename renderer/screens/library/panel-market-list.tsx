import { useMemo } from "react";
import { formatInstant } from "../../../core/base/format.ts";
import { textColumn } from "../../grids/columns.ts";
import { DataGrid } from "../../grids/data-grid.tsx";
import { useLibrary } from "../../state/library.ts";
import { groupMarkets, type PanelMarket, usePanelContents } from "../../state/panel-markets.ts";
import { session } from "../../state/session.ts";
import styles from "./library-screen.module.css";

interface PanelMarketListProps {
  readonly id: string;
  readonly name: string;
}

/** The markets of a panel by time; Enter or a double click makes one the market of the session. */
export function PanelMarketList({ id, name }: PanelMarketListProps) {
  const markets = useLibrary((s) => s.markets);
  const panels = useLibrary((s) => s.panels);
  const contents = usePanelContents();
  const rows = useMemo(
    () => groupMarkets(markets, panels, contents).panels.find(({ panel }) => panel.id === id)?.markets ?? [],
    [markets, panels, contents, id],
  );
  return (
    <>
      <p className={styles.note}>Enter or a double click takes a market for the session.</p>
      <div className={styles.markets}>
        <DataGrid<PanelMarket>
          label={`Markets of ${name}`}
          rows={rows}
          columns={columns}
          rowId={rowId}
          onOpen={(market) => session.getState().chooseMarket({ id: market.id, name: market.name })}
          emptyText="Its markets are not in the library any more."
        />
      </div>
    </>
  );
}

const rowId = ({ id }: PanelMarket): string => id;

const columns = [
  textColumn<PanelMarket>({ id: "time", header: "Time", value: ({ asOfMs }) => formatInstant(asOfMs), width: 168 }),
  textColumn<PanelMarket>({ id: "name", header: "Market", value: ({ name }) => name, width: 200 }),
  textColumn<PanelMarket>({ id: "note", header: "Content", value: ({ note }) => note, width: 220, flex: 1 }),
];
