import { type Camera, cameras, rotated, zoomed } from "../../figures/camera.ts";

export type SurfaceView = "3d" | "contour" | "slices" | "table";

export const surfaceViews: readonly { readonly value: SurfaceView; readonly label: string }[] = [
  { value: "3d", label: "3D" },
  { value: "contour", label: "Contour" },
  { value: "slices", label: "Slices" },
  { value: "table", label: "Table" },
];

/** What a key asks of the surface panel. */
export type SurfaceAction =
  | { readonly kind: "camera"; readonly change: (camera: Camera) => Camera }
  | { readonly kind: "move"; readonly rows: number; readonly columns: number }
  | { readonly kind: "table" };

const degrees = 5;
const step = 1.15;

/** Arrows, `+`, `−`, `0`, `t`, `f`, `s` turn the 3D view; in the other charts the arrows move the selected point. */
export function actionOf(key: string, view: SurfaceView): SurfaceAction | undefined {
  if (key === "Enter") return { kind: "table" };
  if (view === "table") return undefined;
  return view === "3d" ? cameraAction(key) : moveAction(key);
}

function cameraAction(key: string): SurfaceAction | undefined {
  const camera = (change: (camera: Camera) => Camera): SurfaceAction => ({ kind: "camera", change });
  switch (key) {
    case "ArrowLeft":
      return camera((from) => rotated(from, -degrees, 0));
    case "ArrowRight":
      return camera((from) => rotated(from, degrees, 0));
    case "ArrowUp":
      return camera((from) => rotated(from, 0, degrees));
    case "ArrowDown":
      return camera((from) => rotated(from, 0, -degrees));
    case "+":
    case "=":
      return camera((from) => zoomed(from, 1 / step));
    case "-":
    case "−":
      return camera((from) => zoomed(from, step));
    case "0":
      return camera(() => cameras.default);
    case "t":
      return camera(() => cameras.top);
    case "f":
      return camera(() => cameras.front);
    case "s":
      return camera(() => cameras.side);
    default:
      return undefined;
  }
}

function moveAction(key: string): SurfaceAction | undefined {
  const move = (rows: number, columns: number): SurfaceAction => ({ kind: "move", rows, columns });
  switch (key) {
    case "ArrowLeft":
      return move(0, -1);
    case "ArrowRight":
      return move(0, 1);
    case "ArrowUp":
      return move(1, 0);
    case "ArrowDown":
      return move(-1, 0);
    default:
      return undefined;
  }
}
