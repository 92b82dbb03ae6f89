import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { call } from "../../client/index.ts";
import { isDesktop, openRecentFile } from "../../client/shell.ts";
import { libraryStore, useLibrary } from "../../state/library.ts";
import styles from "./import-wizard.module.css";

const shown = 6;

/** Files opened before; only a desktop window may open them again by their path. */
export function RecentFiles({ onOpen }: { readonly onOpen: (files: readonly File[]) => void }) {
  const recent = useLibrary((s) => s.recent);
  const [problem, setProblem] = useState<string>();
  useEffect(() => void libraryStore.getState().refresh(), []);
  if (!isDesktop() || recent.length === 0) return null;
  const open = async (path: string): Promise<void> => {
    const opened = await openRecentFile(path);
    if (typeof opened === "string") setProblem(opened);
    else onOpen(opened);
  };
  const forget = async (): Promise<void> => {
    await call("recent.clear", {});
    await libraryStore.getState().refresh();
  };
  return (
    <section className={styles.recent} aria-label="Recent files">
      <span className="muted">Recent:</span>
      {recent.slice(0, shown).map(({ path, name }) => (
        <Button key={path} size="compact-sm" variant="default" title={path} onClick={() => void open(path)}>
          {name}
        </Button>
      ))}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={() => void forget()}>
        Forget recent files
      </Button>
      {problem !== undefined && <span role="alert">{problem}</span>}
    </section>
  );
}
