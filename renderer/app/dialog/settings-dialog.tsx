import { Modal, SegmentedControl, Select, Switch, Tabs } from "@mantine/core";
import { formatMoney } from "../../../core/base/format.ts";
import { useLibrary } from "../../state/library.ts";
import { type Density, type Preferences, type ThemeChoice, usePreferences } from "../../state/preferences.ts";
import { useWorkspace, workspace } from "../../state/workspace.ts";
import { locales } from "../theme/apply.ts";
import { palettes } from "../theme/palettes.ts";
import { BindingList } from "./binding-list.tsx";
import styles from "./settings-dialog.module.css";

export function SettingsDialog() {
  const opened = useWorkspace((s) => s.overlay === "settings");
  const path = useLibrary((s) => s.info?.path);
  return (
    <Modal
      opened={opened}
      onClose={() => workspace.getState().open(undefined)}
      title="Settings"
      size="min(760px, 94vw)"
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <Tabs defaultValue="look" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="look">Look</Tabs.Tab>
          <Tabs.Tab value="numbers">Numbers and work</Tabs.Tab>
          <Tabs.Tab value="keys">Keys</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="look">
          <Look />
        </Tabs.Panel>
        <Tabs.Panel value="numbers">
          <NumbersAndWork />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <BindingList />
        </Tabs.Panel>
      </Tabs>
      {path !== undefined && (
        <p className={styles.note}>
          The library is at <code>{path}</code>. Nothing leaves this machine.
        </p>
      )}
    </Modal>
  );
}

function Look() {
  const { theme, density, palette, accessibleGrids, change } = usePreferences((s) => s);
  return (
    <div className={styles.fields}>
      <Choice<ThemeChoice>
        label="Theme"
        value={theme}
        options={[
          { value: "system", label: "As the system" },
          { value: "light", label: "Light" },
          { value: "dark", label: "Dark" },
          { value: "contrast", label: "High contrast" },
        ]}
        onChange={(value) => change({ theme: value })}
      />
      <Choice<Density>
        label="Density"
        value={density}
        options={[
          { value: "compact", label: "Compact" },
          { value: "comfortable", label: "Comfortable" },
        ]}
        onChange={(value) => change({ density: value })}
      />
      <Select
        label="Colours of loss and gain"
        description="The first two can be told apart with any colour vision."
        data={Object.values(palettes).map(({ id, title }) => ({ value: id, label: title }))}
        value={palette}
        allowDeselect={false}
        onChange={(value) => {
          const found = Object.values(palettes).find(({ id }) => id === value);
          if (found) change({ palette: found.id });
        }}
      />
      <div className={styles.swatches} aria-hidden="true">
        {palettes[palette].steps.map((color) => (
          <span key={color} style={{ background: color }} />
        ))}
      </div>
      <Switch
        label="Grids for screen readers"
        description="Rows in document order and every column drawn; slower on large books."
        checked={accessibleGrids}
        onChange={(event) => change({ accessibleGrids: event.currentTarget.checked })}
      />
    </div>
  );
}

function NumbersAndWork() {
  const { locale, negative, automatic, paper, zone, maskAccounts, change } = usePreferences((s) => s);
  return (
    <div className={styles.fields}>
      <Select
        label="Separators on screen"
        description="Files always use a point and no grouping."
        data={locales.map(({ value, label }) => ({ value, label }))}
        value={locale}
        allowDeselect={false}
        onChange={(value) => value !== null && change({ locale: value })}
      />
      <Choice<Preferences["negative"]>
        label="Negative amounts"
        value={negative}
        options={[
          { value: "minus", label: "−1,234.50" },
          { value: "parentheses", label: "(1,234.50)" },
        ]}
        onChange={(value) => change({ negative: value })}
      />
      <p className={styles.note}>
        Example: <span data-value="-1234567.891">{formatMoney(-1234567.891, "USD")}</span>
      </p>
      <Choice<Preferences["zone"]>
        label="Times on screen"
        value={zone}
        options={[
          { value: "utc", label: "UTC" },
          { value: "local", label: "Local, with offset" },
        ]}
        onChange={(value) => change({ zone: value })}
      />
      <Choice<Preferences["paper"]>
        label="Paper"
        value={paper}
        options={[
          { value: "A4", label: "A4" },
          { value: "Letter", label: "Letter" },
        ]}
        onChange={(value) => change({ paper: value })}
      />
      <Switch
        label="Recalculate after every change"
        description="Off: results are marked stale until you recalculate."
        checked={automatic}
        onChange={(event) => change({ automatic: event.currentTarget.checked })}
      />
      <Switch
        label="Mask account ids"
        description="Panels, copied cells and exported files keep the last two characters. The library and its exported file keep all: a replay needs them."
        checked={maskAccounts}
        onChange={(event) => change({ maskAccounts: event.currentTarget.checked })}
      />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
}

function Choice<Value extends string>({ label, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset className={styles.choice}>
      <legend>{label}</legend>
      <SegmentedControl<Value> data={[...options]} value={value} onChange={onChange} aria-label={label} />
    </fieldset>
  );
}
