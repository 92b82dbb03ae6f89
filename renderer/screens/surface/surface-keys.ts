import { type Camera, cameras, rotated, zoomed } from "../../figures/camera.ts";

export type SurfaceView = "3d" | "contour" | "slices" | "dates" | "table";

export const surfaceViews: readonly { readonly value: SurfaceView; readonly label: string }[] = [
  { value: "3d", label: "3D" },
  { value: "contour", label: "Contour" },
  { value: "slices", label: "Slices" },
  { value: "dates", label: "Dates" },
  { value: "table", label: "Table" },
];

/** What a key asks of the surface panel. */
export type SurfaceAction =
  | { readonly kind: "camera"; readonly change: (camera: Camera) => Camera }
  | { readonly kind: "move"; readonly rows: number; readonly columns: number }
  | { readonly kind: "day"; readonly step: number }
  | { readonly kind: "table" };

const degrees = 5;
const step = 1.15;

/**
 * Arrows, `+`, `−`, `0`, `t`, `f`, `s`, `a` turn the 3D view; in the other charts the arrows move the selected point. `[` and `]` step through the
 * dates.
 */
export function actionOf(key: string, view: SurfaceView): SurfaceAction | undefined {
  if (key === "Enter") return { kind: "table" };
  if (key === "[" || key === "]") return { kind: "day", step: key === "[" ? -1 : 1 };
  if (view === "table" || view === "dates") return undefined;
  return view === "3d" ? cameraAction(key) : moveAction(key);
}

const named = {
  "0": cameras.default,
  t: cameras.top,
  f: cameras.front,
  s: cameras.side,
  a: cameras.isometric,
} as const;

function cameraAction(key: string): SurfaceAction | undefined {
  const camera = (change: (camera: Camera) => Camera): SurfaceAction => ({ kind: "camera", change });
  const known = Object.entries(named).find(([name]) => name === key)?.[1];
  if (known) return camera(() => known);
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
