import { Menu } from "@mantine/core";
import { useEffect, useState } from "react";
import { createPortal } from "react-dom";
import { openHelpAt } from "../../state/workspace.ts";
import { maskedForFile } from "../export/account-mask.ts";
import { portalOf } from "../layout/panel-window.tsx";
import { followWindows } from "../layout/windows.ts";
import styles from "./cell-menu.module.css";
import { helpFor } from "./what-is-this.ts";

interface Pointed {
  readonly page: Document;
  readonly x: number;
  readonly y: number;
  readonly help: string | undefined;
  readonly panel: string;
  /** Full precision. */
  readonly value: string | undefined;
  /** Takes the focus back. */
  readonly from: HTMLElement | null;
}

/** The menu of a number, a line or a place in a panel: by the right button, the Menu key or Shift+F10. */
export function CellMenu() {
  const [pointed, setPointed] = useState<Pointed>();
  useEffect(
    () =>
      followWindows((opened) => {
        const onContextMenu = (event: MouseEvent): void => {
          const target = event.target as HTMLElement | null;
          const panel = target?.closest<HTMLElement>("[data-panel]")?.dataset.panel;
          if (!target || panel === undefined || target.closest('input, textarea, [contenteditable="true"]')) return;
          event.preventDefault();
          const box = target.getBoundingClientRect();
          // The Menu key gives no place of its own.
          const [x, y] = event.clientX > 0 ? [event.clientX, event.clientY] : [box.left + 12, box.bottom];
          const holder =
            target.closest<HTMLElement>("[data-value]") ?? target.querySelector<HTMLElement>("[data-value]");
          const { value } = holder?.dataset ?? {};
          const from = opened.document.activeElement as HTMLElement | null;
          setPointed({ page: opened.document, x, y, help: helpFor(target), panel, value, from });
        };
        opened.addEventListener("contextmenu", onContextMenu);
        return () => opened.removeEventListener("contextmenu", onContextMenu);
      }),
    [],
  );
  if (!pointed) return null;
  const { page, x, y, help, panel, value, from } = pointed;
  const close = (): void => {
    setPointed(undefined);
    from?.focus({ preventScroll: true });
  };
  return createPortal(
    <Menu
      opened
      onClose={close}
      withInitialFocusPlaceholder={false}
      withinPortal={false}
      position="bottom-start"
      shadow="md"
      offset={2}
      trapFocus
    >
      <Menu.Target>
        <span className={styles.anchor} style={{ left: x, top: y }} />
      </Menu.Target>
      <Menu.Dropdown aria-label="What to do with this">
        <Menu.Item disabled={help === undefined} rightSection={<kbd>I</kbd>} onClick={() => help && openHelpAt(help)}>
          What is this?
        </Menu.Item>
        <Menu.Item
          disabled={value === undefined}
          onClick={() => void (page.defaultView ?? window).navigator.clipboard.writeText(maskedForFile(value ?? ""))}
        >
          Copy value{value !== undefined && value.length < 24 ? ` ${value}` : ""}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => openHelpAt(`workstation#${panel}`)}>Help on this panel</Menu.Item>
      </Menu.Dropdown>
    </Menu>,
    portalOf(page),
  );
}
