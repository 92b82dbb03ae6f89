import { ActionIcon, Button, Menu, Tooltip } from "@mantine/core";
import { useJobs } from "../../state/jobs.ts";
import { isOwnLayout, openPanel, useLayout } from "../../state/layout.ts";
import { preferences, type ThemeChoice, usePreferences } from "../../state/preferences.ts";
import { useSession } from "../../state/session.ts";
import { openHelp, workspace } from "../../state/workspace.ts";
import { keyCaps } from "../command/keys.ts";
import { chooseLayoutFile, exportLayout } from "../command/layout-files.ts";
import { openSpotlight } from "../command/palette-store.ts";
import { Icon, type IconName } from "../icon.tsx";
import { panels } from "../panel-registry.ts";
import { ParameterFilePicker } from "./parameter-file-picker.tsx";
import { HistoryPicker, MarketPicker, MethodologyPicker, PortfolioPicker, RulesPicker } from "./pickers.tsx";
import styles from "./top-bar.module.css";

/** What is computed, and how to change it. */
export function TopBar() {
  return (
    <header className={styles.bar} data-region="top-bar" tabIndex={-1}>
      <h1 className={styles.name}>
        <img src="./icon.svg" alt="" width={22} height={22} />
        <span>Marginscope</span>
      </h1>
      <div className={styles.pickers}>
        <PortfolioPicker />
        <MarketPicker />
        <HistoryPicker />
        <ParameterFilePicker />
        <MethodologyPicker />
        <RulesPicker />
        <RecalculateButton />
        <Tool
          name="save"
          label={`Save run (${keyCaps("Mod+S").join(" ")})`}
          onClick={() => workspace.getState().open("save-run")}
        />
      </div>
      <div className={styles.tools}>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<Icon name="import" size={14} />}
          onClick={() => workspace.getState().open("import")}
        >
          Import
        </Button>
        <Tooltip label={`Find anything (${keyCaps("Mod+K").join(" ")})`} openDelay={400}>
          <button
            type="button"
            className={styles.search}
            onClick={openSpotlight}
            aria-label={`Command palette, ${keyCaps("Mod+K").join(" ")}`}
          >
            <Icon name="search" size={14} />
            <kbd>{keyCaps("Mod+K").join(" ")}</kbd>
          </button>
        </Tooltip>
        <Tool name="library" label="Library" onClick={() => openPanel("library")} />
        <JobsButton />
        <LayoutMenu />
        <ThemeMenu />
        <Tool name="help" label="Help" onClick={() => openHelp("glossary")} />
        <Tool name="settings" label="Settings" onClick={() => workspace.getState().open("settings")} />
      </div>
    </header>
  );
}

function RecalculateButton() {
  const state = useSession((s) => s.state);
  const recalculate = useSession((s) => s.recalculate);
  const pending = state === "stale";
  return (
    <Tooltip label={`Recalculate (${keyCaps("Mod+Enter").join(" ")})`} openDelay={500}>
      <Button
        className={styles.recalculate ?? ""}
        size="compact-sm"
        variant={pending ? "filled" : "light"}
        leftSection={<Icon name="recalculate" size={14} />}
        onClick={() => void recalculate()}
      >
        Recalculate
      </Button>
    </Tooltip>
  );
}

function JobsButton() {
  const running = useJobs(({ jobs }) => jobs.filter((job) => job.state === "running").length);
  return (
    <Tooltip label={running === 0 ? "Jobs: nothing is running" : `Jobs: ${running} running`} openDelay={400}>
      <ActionIcon
        variant={running > 0 ? "light" : "subtle"}
        color={running > 0 ? "accent" : "gray"}
        size={28}
        aria-label={`Jobs, ${running} running`}
        onClick={() => openPanel("jobs")}
      >
        {running > 0 ? <span className={styles.count}>{running}</span> : <Icon name="jobs" />}
      </ActionIcon>
    </Tooltip>
  );
}

function Tool({ name, label, onClick }: { name: IconName; label: string; onClick: () => void }) {
  return (
    <Tooltip label={label} openDelay={400}>
      <ActionIcon variant="subtle" color="gray" size={28} aria-label={label} onClick={onClick}>
        <Icon name={name} />
      </ActionIcon>
    </Tooltip>
  );
}

function LayoutMenu() {
  const names = useLayout((s) => s.names);
  const active = useLayout((s) => s.active);
  const open = useLayout((s) => s.open);
  const { select, reset, remove, duplicate } = useLayout((s) => s);
  return (
    <Menu position="bottom-end" shadow="md" width={250}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label="Layouts and panels">
          <Icon name="layout" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu}>
        <Menu.Label>Layouts</Menu.Label>
        {names.map((name, index) => (
          <Menu.Item
            key={name}
            leftSection={name === active ? <Icon name="check" size={14} /> : <span className={styles.noIcon} />}
            rightSection={index < 9 && <kbd>{keyCaps(`Mod+${index + 1}`).join(" ")}</kbd>}
            onClick={() => select(name)}
          >
            {name}
          </Menu.Item>
        ))}
        <Menu.Item
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => workspace.getState().open("save-layout")}
        >
          Save layout as…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="plus" size={14} />} onClick={duplicate}>
          Duplicate layout “{active}”
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="export" size={14} />} onClick={exportLayout}>
          Export layout “{active}”
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="import" size={14} />} onClick={chooseLayoutFile}>
          Import layout…
        </Menu.Item>
        <Menu.Item leftSection={<Icon name="undo" size={14} />} onClick={reset}>
          Reset layout “{active}”
        </Menu.Item>
        {isOwnLayout(active) && (
          <Menu.Item
            leftSection={<Icon name="settings" size={14} />}
            onClick={() => workspace.getState().open("rename-layout")}
          >
            Rename layout “{active}”…
          </Menu.Item>
        )}
        {isOwnLayout(active) && (
          <Menu.Item color="red" leftSection={<Icon name="close" size={14} />} onClick={() => remove(active)}>
            Delete layout “{active}”
          </Menu.Item>
        )}
        <Menu.Divider />
        <Menu.Label>Panels</Menu.Label>
        {[...panels.values()].map((panel) => (
          <Menu.Item
            key={panel.id}
            leftSection={open.includes(panel.id) ? <Icon name="check" size={14} /> : <span className={styles.noIcon} />}
            onClick={() => openPanel(panel.id)}
          >
            {panel.title}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const themes: readonly { choice: ThemeChoice; label: string; icon: IconName }[] = [
  { choice: "system", label: "As the system", icon: "system" },
  { choice: "light", label: "Light", icon: "sun" },
  { choice: "dark", label: "Dark", icon: "moon" },
  { choice: "contrast", label: "High contrast", icon: "contrast" },
];

function ThemeMenu() {
  const chosen = usePreferences((s) => s.theme);
  const icon = themes.find(({ choice }) => choice === chosen)?.icon ?? "system";
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label="Theme">
          <Icon name={icon} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map(({ choice, label, icon: name }) => (
          <Menu.Item
            key={choice}
            leftSection={<Icon name={name} />}
            rightSection={choice === chosen && <Icon name="check" size={14} />}
            onClick={() => preferences.getState().change({ theme: choice })}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
