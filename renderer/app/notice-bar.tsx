import { Button, CloseButton } from "@mantine/core";
import { useState } from "react";
import { useLayout } from "../state/layout.ts";
import { useLibrary } from "../state/library.ts";
import { useSession } from "../state/session.ts";
import { workspace } from "../state/workspace.ts";
import { Icon } from "./icon.tsx";
import styles from "./notice-bar.module.css";

/** What the user should know before anything else: the sample, a library that was set aside, a layout not restored. */
export function NoticeBar() {
  const isSample = useSession(({ portfolio }) => portfolio !== undefined && "sample" in portfolio);
  const libraryNotice = useLibrary(({ info }) => info?.notice);
  const layoutMessage = useLayout(({ message }) => message);
  const closeLayoutMessage = useLayout(({ closeMessage }) => closeMessage);
  const [sampleClosed, closeSample] = useState(false);
  return (
    <>
      {libraryNotice !== undefined && (
        <div className={styles.notice} data-tone="warning" role="alert">
          <Icon name="warning" />
          <span className={styles.text}>{libraryNotice}</span>
        </div>
      )}
      {layoutMessage !== undefined && (
        <div className={styles.notice} data-tone="warning" role="alert">
          <Icon name="warning" />
          <span className={styles.text}>{layoutMessage}</span>
          <CloseButton size="sm" aria-label="Close message" onClick={closeLayoutMessage} />
        </div>
      )}
      {isSample && !sampleClosed && (
        <section className={styles.notice} data-tone="info" aria-label="About the sample">
          <span className={styles.text}>
            <strong>This is a synthetic sample.</strong> Import your own positions and a market snapshot, or drop the
            files anywhere in this window.
          </span>
          <Button
            size="compact-sm"
            leftSection={<Icon name="import" size={14} />}
            onClick={() => workspace.getState().open("import")}
          >
            Import your files
          </Button>
          <CloseButton size="sm" aria-label="Close note about the sample" onClick={() => closeSample(true)} />
        </section>
      )}
    </>
  );
}
