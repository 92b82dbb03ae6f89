import { Button, Menu } from "@mantine/core";
import type { Failure } from "../client/types.ts";
import { openPanel } from "../state/layout.ts";
import { useLibrary } from "../state/library.ts";
import { session } from "../state/session.ts";
import { workspace } from "../state/workspace.ts";
import { ChooseParameterFile } from "./parameter-file/choose-parameter-file.tsx";
import { remedyOf } from "./remedy.ts";

/** What the user can do about a margin that was refused; nothing where trying again is all there is. */
export function Remedies({ failure }: { readonly failure: Failure }) {
  const remedy = remedyOf(failure);
  if (remedy === "history") return <ChooseHistory />;
  if (remedy === "parameter-file") return <ChooseParameterFile />;
  if (remedy === "repair") {
    return (
      <Button
        size="compact-xs"
        title="Sets the rule /simulation/allowRepair as an override; the result names the distance of the replacement"
        onClick={() => session.getState().setOverride({ path: "/simulation/allowRepair", value: true })}
      >
        Allow the nearest correlation matrix
      </Button>
    );
  }
  if (remedy === "method") {
    return (
      <Button size="compact-xs" title="Which methods can margin each position" onClick={() => openPanel("coverage")}>
        Methods by position
      </Button>
    );
  }
  return null;
}

/** Histories to compute from, and where others come from. */
function ChooseHistory() {
  const histories = useLibrary((s) => s.histories);
  const { chooseHistory } = session.getState();
  return (
    <Menu position="bottom-start" shadow="md">
      <Menu.Target>
        <Button size="compact-xs">Choose a history…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {histories.slice(0, 12).map(({ id, name, note }) => (
          <Menu.Item key={id} onClick={() => chooseHistory({ id, name })} title={note}>
            {name}
          </Menu.Item>
        ))}
        <Menu.Item onClick={() => chooseHistory({ sample: true })}>Sample (synthetic)</Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => workspace.getState().open("import")}>Import a history…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
