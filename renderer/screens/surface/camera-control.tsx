import { Button, Group, Menu, Popover, Switch, TextInput } from "@mantine/core";
import { useState } from "react";
import { type Camera, cameras } from "../../figures/camera.ts";
import { cameraStore, useCamera } from "../../state/camera-link.ts";

interface CameraControlProps {
  readonly onTurn: (change: (camera: Camera) => Camera) => void;
}

const presets = [
  ["default", "Reset", "0"],
  ["top", "Top", "t"],
  ["front", "Front", "f"],
  ["side", "Side", "s"],
  ["isometric", "Iso", "i"],
] as const;

/** Views of a 3D chart: fixed ones, those that the user named, and the link between panels. */
export function CameraControl({ onTurn }: CameraControlProps) {
  const named = useCamera((s) => s.named);
  const linked = useCamera((s) => s.linked);
  const hasMoved = useCamera((s) => s.latest !== undefined);
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const { save, remove, setLinked } = cameraStore.getState();
  const names = Object.keys(named).sort();
  return (
    <Group gap={6} wrap="nowrap">
      <Button.Group aria-label="Camera">
        {presets.map(([preset, label, key]) => (
          <Button
            key={preset}
            size="compact-xs"
            variant="default"
            aria-keyshortcuts={key}
            onClick={() => onTurn(() => cameras[preset])}
          >
            {label}
          </Button>
        ))}
      </Button.Group>
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button size="compact-xs" variant="default">
            Views
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {names.map((one) => (
            <Menu.Item
              key={one}
              onClick={() => {
                const camera = named[one];
                if (camera) onTurn(() => camera);
              }}
            >
              {one}
            </Menu.Item>
          ))}
          {names.length > 0 && <Menu.Divider />}
          <Menu.Item disabled={!hasMoved} onClick={() => setNaming(true)}>
            Name this view…
          </Menu.Item>
          {names.map((one) => (
            <Menu.Item key={one} color="var(--danger)" onClick={() => remove(one)}>
              Forget “{one}”
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Popover opened={naming} onChange={setNaming} trapFocus withinPortal position="bottom-start" shadow="md">
        <Popover.Target>
          <span />
        </Popover.Target>
        <Popover.Dropdown>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              if (name.trim() === "") return;
              save(name.trim());
              setName("");
              setNaming(false);
            }}
          >
            <Group gap={6}>
              <TextInput
                size="xs"
                aria-label="Name of the view"
                placeholder="Name of the view"
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              <Button size="xs" type="submit" disabled={name.trim() === ""}>
                Save view
              </Button>
            </Group>
          </form>
        </Popover.Dropdown>
      </Popover>
      <Switch
        size="xs"
        label="Link cameras"
        checked={linked}
        onChange={(event) => setLinked(event.currentTarget.checked)}
      />
    </Group>
  );
}
