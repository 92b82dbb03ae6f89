import type { Config } from "plotly.js";
import { plotConfig } from "./plot-config.ts";

let config: Partial<Config> | undefined;

/**
 * The configuration of charts on the screen. A graphics card draws 3D at twice the pixels of the screen, for smooth edges; a machine that draws in
 * software (a remote desktop, say) at as many as the screen has: a step of a slider would wait for the others.
 */
export function screenConfig(): Partial<Config> {
  config ??= { ...plotConfig, plotGlPixelRatio: isSoftware(rendererName()) ? 1 : 2 };
  return config;
}

/** Whether the renderer of a graphics context is a program: SwiftShader of browsers, llvmpipe and softpipe of Mesa, WARP of Windows. */
export function isSoftware(renderer: string): boolean {
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(renderer);
}

/** What draws in 3D; empty where nothing does. */
function rendererName(): string {
  const context = document.createElement("canvas").getContext("webgl");
  if (context === null) return "";
  const named = context.getExtension("WEBGL_debug_renderer_info");
  const name: unknown = named && context.getParameter(named.UNMASKED_RENDERER_WEBGL);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return typeof name === "string" ? name : "";
}
