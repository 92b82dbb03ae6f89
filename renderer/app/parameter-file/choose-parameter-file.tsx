import { Button, Menu } from "@mantine/core";
import { useLibrary } from "../../state/library.ts";
import { session } from "../../state/session.ts";
import { workspace } from "../../state/workspace.ts";

/** Parameter files of the library, and where others come from. */
export function ChooseParameterFile() {
  const files = useLibrary((s) => s.parameterFiles);
  return (
    <Menu position="bottom-start" shadow="md" withinPortal>
      <Menu.Target>
        <Button size="compact-xs">Choose a parameter file…</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {files.slice(0, 12).map(({ id, name, note }) => (
          <Menu.Item key={id} onClick={() => session.getState().chooseParameterFile({ id, name })} title={note}>
            {name}
          </Menu.Item>
        ))}
        {files.length === 0 && <Menu.Label>The library has none yet</Menu.Label>}
        <Menu.Divider />
        <Menu.Item onClick={() => workspace.getState().open("import")}>Import a parameter file…</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
