import { Button, FileButton } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useState } from "react";
import { formatBytes, formatNumber } from "../../../core/base/format.ts";
import { saveFile } from "../../app/download.ts";
import { FailureBanner } from "../../app/failure-banner.tsx";
import { PanelFrame } from "../../app/panel-frame.tsx";
import { Segments } from "../../app/segments.tsx";
import { call } from "../../client/index.ts";
import type { Failure } from "../../client/types.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import { groupMarkets, usePanelContents } from "../../state/panel-markets.ts";
import { preferences, usePreferences } from "../../state/preferences.ts";
import { workspace } from "../../state/workspace.ts";
import { EntryList } from "./entry-list.tsx";
import styles from "./library-screen.module.css";
import { MergeDialog } from "./merge-dialog.tsx";
import { type ShelfId, shelves } from "./shelves.ts";

export default function LibraryScreen() {
  const [shelfId, setShelf] = useState<ShelfId>("portfolios");
  const [failure, setFailure] = useState<Failure>();
  const library = useLibrary((s) => s);
  const contents = usePanelContents();
  const [merging, setMerging] = useState(false);
  const masked = usePreferences((s) => s.maskAccounts);
  const shelf = shelves.find(({ id }) => id === shelfId) ?? shelves[0];
  useEffect(() => void libraryStore.getState().refresh(), []);
  if (!shelf) return null;
  const markets = groupMarkets(library.markets, library.panels, contents);
  // A panel of many days would flood the list: its markets stand under it.
  const entries = shelf.id === "markets" ? markets.single : library[shelf.id];
  const inPanels = library.markets.length - markets.single.length;

  const report = async (work: Promise<Failure | undefined>): Promise<void> => {
    setFailure(await work);
    await library.refresh();
  };

  return (
    <PanelFrame
      panel="library"
      title="Library"
      state="ready"
      toolbar={
        <Segments
          label="What to show"
          options={shelves.map(({ id, title }) => ({
            value: id,
            label: `${title} ${formatNumber(library[id].length, { decimals: 0 })}`,
          }))}
          value={shelfId}
          onChange={(id) => {
            setFailure(undefined);
            setShelf(id);
          }}
        />
      }
      menu={[{ label: "Export library as one file", onClick: () => void exportLibrary(setFailure) }]}
      csv={() => ({
        header: ["id", "name", "saved", "sha256", "note"],
        rows: entries.map((e) => [e.id, e.name, new Date(e.savedAtMs).toISOString(), e.sha256, e.note]),
      })}
    >
      {failure && <FailureBanner failure={failure} />}
      <EntryList shelf={shelf} entries={entries} report={report} />
      {shelf.id === "markets" && inPanels > 0 && (
        <p className={styles.note}>
          {formatNumber(inPanels, { decimals: 0 })} more belong to panels{" "}
          <Button size="compact-xs" variant="default" onClick={() => setShelf("panels")}>
            Show panels
          </Button>
        </p>
      )}
      {merging && <MergeDialog histories={library.histories} onClose={() => setMerging(false)} />}
      {masked && (
        <p className={styles.note} data-keeps-names>
          {keepsNames}
        </p>
      )}
      <footer className={styles.foot}>
        {library.info && (
          <span
            className="muted"
            title={`${library.info.path}, version ${formatNumber(library.info.schemaVersion, { decimals: 0 })} of the layout`}
          >
            {formatBytes(library.info.bytes)} on disk
          </span>
        )}
        {shelf.id === "portfolios" && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => workspace.getState().open("combine-portfolios")}
            mr="auto"
          >
            Combine portfolios…
          </Button>
        )}
        {shelf.id === "histories" && library.histories.length > 1 && (
          <Button size="compact-xs" variant="default" onClick={() => setMerging(true)} mr="auto">
            Merge histories…
          </Button>
        )}
        <Button size="compact-xs" variant="default" onClick={() => void exportLibrary(setFailure)}>
          Export library
        </Button>
        <FileButton onChange={(file) => file && void importLibrary(file, setFailure)}>
          {(props) => (
            <Button {...props} size="compact-xs" variant="default">
              Import library…
            </Button>
          )}
        </FileButton>
      </footer>
    </PanelFrame>
  );
}

/** Masking ends at this file, and whoever hands it on has to know. */
const keepsNames =
  "Account ids are masked in panels and their files, not in the exported library: it keeps them in full, as a run is replayed with them.";

async function exportLibrary(onFailure: (failure: Failure | undefined) => void): Promise<void> {
  const answer = await call("library.export", {});
  onFailure(answer.ok ? undefined : answer.failure);
  if (!answer.ok) return;
  saveFile("marginscope-library.sqlite", new Uint8Array(answer.value.bytes), "application/vnd.sqlite3");
  // Also asked for by the menu of the panel and the palette: said where the file is made, too.
  if (preferences.getState().maskAccounts) notifications.show({ message: keepsNames, color: "accent" });
}

async function importLibrary(file: File, onFailure: (failure: Failure | undefined) => void): Promise<void> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const answer = await call("library.import", { file: { name: file.name, bytes } });
  onFailure(answer.ok ? undefined : answer.failure);
  if (!answer.ok) return;
  const { added, alreadyHere } = answer.value;
  notifications.show({ message: `Added ${added}; ${alreadyHere} were already here`, color: "accent" });
  await libraryStore.getState().refresh();
}
