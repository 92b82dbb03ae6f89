import { ActionIcon, Menu } from "@mantine/core";
import { memo } from "react";
import { layoutStore } from "../state/layout.ts";
import { linkGroups, linkStore, useLinks } from "../state/links.ts";
import { openHelpAt } from "../state/workspace.ts";
import { type PanelActions, printOf } from "./command/focused-panel.ts";
import { Icon } from "./icon.tsx";

export interface PanelMenuItem {
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
}

interface PanelMenuProps {
  /** Id of the instance. */
  readonly panel: string;
  readonly title: string;
  readonly items: readonly PanelMenuItem[];
  readonly actions: PanelActions;
  /** There is something to hand out. */
  readonly enabled: boolean;
  /** Document and section, `workstation#positions`. */
  readonly help: string;
  /** Document about what it computes. */
  readonly method: string | undefined;
}

/** What can be done with a panel as a whole: its own items, files, paper, a window of its own, help. */
export const PanelMenu = memo(function PanelMenu(props: PanelMenuProps) {
  return (
    <Menu position="bottom-end" withInitialFocusPlaceholder={false} withinPortal shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={`Menu of ${props.title}`}>
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Items {...props} />
      </Menu.Dropdown>
    </Menu>
  );
});

/** Drawn when the menu opens: what can be done is asked then. */
function Items({ panel, items, actions, enabled, help, method }: PanelMenuProps) {
  const file = (label: string, run: () => void) => (
    <Menu.Item disabled={!enabled} onClick={run}>
      {label}
    </Menu.Item>
  );
  const linked = useLinks(({ groups }) => groups[panel]);
  const ownImage = items.some(({ label }) => label.startsWith("Export PNG"));
  return (
    <>
      {items.map((item) => (
        <Menu.Item key={item.label} onClick={item.onClick} disabled={item.disabled ?? false}>
          {item.label}
        </Menu.Item>
      ))}
      {file("Export CSV", actions.csv)}
      {file("Export Excel", actions.xlsx)}
      {file("Export JSON", actions.json)}
      {!ownImage && actions.hasImage() && file("Export PNG", actions.png)}
      {file("Print…", printOf(panel, actions))}
      <Menu.Divider />
      {linkGroups.map((group) => (
        <Menu.Item
          key={group}
          rightSection={linked === group && <Icon name="check" size={14} />}
          onClick={() => linkStore.getState().link(panel, linked === group ? undefined : group)}
        >
          {linked === group ? `Leave link group ${group}` : `Link group ${group}`}
        </Menu.Item>
      ))}
      <Menu.Divider />
      <Menu.Item
        disabled={!layoutStore.getState().canDuplicate(panel)}
        onClick={() => layoutStore.getState().duplicatePanel(panel)}
      >
        Duplicate panel
      </Menu.Item>
      <Menu.Item onClick={() => void layoutStore.getState().popOut(panel)}>Pop out to a window</Menu.Item>
      <Menu.Item onClick={() => openHelpAt(help)}>Help on this panel</Menu.Item>
      {method !== undefined && <Menu.Item onClick={() => openHelpAt(method)}>How it is computed</Menu.Item>}
    </>
  );
}
