import { useStore } from "zustand";
import { createStore } from "zustand/vanilla";
import { call } from "../client/index.ts";
import type { Camera } from "../figures/camera.ts";

interface CameraState {
  /** Cameras of 3D panels move together. */
  readonly linked: boolean;
  /** Where the last moved camera is, and whose it is. */
  readonly latest: { readonly camera: Camera; readonly from: string } | undefined;
  /** Views that the user named. */
  readonly named: Readonly<Record<string, Camera>>;
  readonly setLinked: (linked: boolean) => void;
  readonly moved: (camera: Camera, from: string) => void;
  readonly save: (name: string) => void;
  readonly remove: (name: string) => void;
}

const key = "cameras";

/** Cameras of the 3D panels: one link, and the views that the user named. */
export const cameraStore = createStore<CameraState>()((set, get) => {
  const keep = (named: Readonly<Record<string, Camera>>): void => {
    set({ named });
    void call("setting.set", { key, value: structuredClone(named) as Record<string, never> });
  };
  return {
    linked: true,
    latest: undefined,
    named: {},
    setLinked: (linked) => set({ linked }),
    moved: (camera, from) => set({ latest: { camera, from } }),
    save: (name) => {
      const { latest, named } = get();
      if (latest) keep({ ...named, [name]: latest.camera });
    },
    remove: (name) => {
      const { [name]: _, ...others } = get().named;
      keep(others);
    },
  };
});

export const useCamera = <T>(select: (state: CameraState) => T): T => useStore(cameraStore, select);

let isRead = false;

/** Reads the named views of earlier sessions, once. */
export async function readNamedCameras(): Promise<void> {
  if (isRead) return;
  isRead = true;
  const answer = await call("setting.get", { key });
  if (!answer.ok || typeof answer.value.value !== "object" || answer.value.value === null) return;
  const found = Object.entries(answer.value.value).filter((entry): entry is [string, Camera] => isCamera(entry[1]));
  cameraStore.setState({ named: Object.fromEntries(found) });
}

function isCamera(value: unknown): value is Camera {
  if (typeof value !== "object" || value === null) return false;
  return (["eye", "up", "center"] as const).every((part) => {
    const vector: unknown = (value as Record<string, unknown>)[part];
    return (
      typeof vector === "object" &&
      vector !== null &&
      ["x", "y", "z"].every((axis) => Number.isFinite((vector as Record<string, unknown>)[axis]))
    );
  });
}
