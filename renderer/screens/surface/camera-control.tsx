import { Button, Group, Popover, Stack, Switch, Text, TextInput } from "@mantine/core";
import { memo, useState } from "react";
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
  ["isometric", "Iso", "a"],
] as const;

/** Views of a 3D chart: fixed ones, those that the user named, and the link between panels. */
export const CameraControl = memo(function CameraControl({ onTurn }: CameraControlProps) {
  const named = useCamera((s) => s.named);
  const linked = useCamera((s) => s.linked);
  const hasMoved = useCamera((s) => s.latest !== undefined);
  const [opened, setOpened] = useState(false);
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
      <Popover opened={opened} onChange={setOpened} trapFocus withinPortal position="bottom-start" shadow="md">
        <Popover.Target>
          <Button size="compact-xs" variant="default" aria-expanded={opened} onClick={() => setOpened(!opened)}>
            Views
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label="Named views">
          <Stack gap={6}>
            {names.map((one) => (
              <Group key={one} gap={6} justify="space-between" wrap="nowrap">
                <Button
                  size="compact-xs"
                  variant="subtle"
                  onClick={() => {
                    const camera = named[one];
                    if (camera) onTurn(() => camera);
                    setOpened(false);
                  }}
                >
                  {one}
                </Button>
                <Button size="compact-xs" variant="default" onClick={() => remove(one)}>
                  Forget “{one}”
                </Button>
              </Group>
            ))}
            <form
              onSubmit={(event) => {
                event.preventDefault();
                if (name.trim() === "" || !hasMoved) return;
                save(name.trim());
                setName("");
                setOpened(false);
              }}
            >
              <Group gap={6} wrap="nowrap">
                <TextInput
                  size="xs"
                  aria-label="Name of the view"
                  placeholder="Name of this view"
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <Button size="xs" type="submit" disabled={name.trim() === "" || !hasMoved}>
                  Save view
                </Button>
              </Group>
            </form>
            {!hasMoved && <Text size="xs">Turn the surface first: a named view is where it was turned to.</Text>}
          </Stack>
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
});
