export interface Vector {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

/** Where a 3D view is seen from, in Plotly's units: the scene is about 1 wide around the centre. */
export interface Camera {
  readonly eye: Vector;
  readonly up: Vector;
  readonly center: Vector;
}

export type CameraName = "default" | "top" | "front" | "side" | "isometric";

const origin: Vector = { x: 0, y: 0, z: 0 };
const upright: Vector = { x: 0, y: 0, z: 1 };

/** Named views. `front` looks along volatility at the price axis, `side` along price at the volatility axis. */
export const cameras: Readonly<Record<CameraName, Camera>> = {
  default: { eye: { x: -1.27, y: -1.57, z: 0.8 }, up: upright, center: { x: 0, y: 0, z: -0.12 } },
  top: { eye: { x: 0, y: 0, z: 2.2 }, up: { x: 0, y: 1, z: 0 }, center: origin },
  front: { eye: { x: 0, y: -2.2, z: 0.05 }, up: upright, center: origin },
  side: { eye: { x: 2.2, y: 0, z: 0.05 }, up: upright, center: origin },
  isometric: { eye: { x: -1.3, y: -1.3, z: 1.3 }, up: upright, center: origin },
};

const degree = Math.PI / 180;

/** The camera turned about its centre: `azimuth` to the right, `elevation` upward, degrees; never over the pole. */
export function rotated(camera: Camera, azimuth: number, elevation: number): Camera {
  const [x, y, z] = [camera.eye.x - camera.center.x, camera.eye.y - camera.center.y, camera.eye.z - camera.center.z];
  const distance = Math.hypot(x, y, z);
  // Straight from above the azimuth is that of the screen's upward direction, reversed.
  const flat = Math.hypot(x, y) > 1e-9;
  const around = (flat ? Math.atan2(y, x) : Math.atan2(-camera.up.y, -camera.up.x)) + azimuth * degree;
  const above = Math.min(89, Math.max(-89, Math.asin(z / distance) / degree + elevation)) * degree;
  return {
    ...camera,
    up: upright,
    eye: {
      x: camera.center.x + distance * Math.cos(above) * Math.cos(around),
      y: camera.center.y + distance * Math.cos(above) * Math.sin(around),
      z: camera.center.z + distance * Math.sin(above),
    },
  };
}

/** The camera moved toward its centre (`factor` < 1) or away from it; between 0.4 and 6. */
export function zoomed(camera: Camera, factor: number): Camera {
  const { eye, center } = camera;
  const distance = Math.hypot(eye.x - center.x, eye.y - center.y, eye.z - center.z);
  const wanted = Math.min(6, Math.max(0.4, distance * factor)) / distance;
  return {
    ...camera,
    eye: {
      x: center.x + (eye.x - center.x) * wanted,
      y: center.y + (eye.y - center.y) * wanted,
      z: center.z + (eye.z - center.z) * wanted,
    },
  };
}

/** Whether two cameras see the same, to rounding. */
export function isSameCamera(one: Camera, other: Camera): boolean {
  const near = (a: Vector, b: Vector): boolean =>
    Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y), Math.abs(a.z - b.z)) < 1e-9;
  return near(one.eye, other.eye) && near(one.up, other.up) && near(one.center, other.center);
}
