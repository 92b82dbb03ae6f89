import { spawn } from "node:child_process";
import { displayServer, hasDisplay } from "./machine.ts";

/** Starts a display of its own when the machine has none; tests inherit it. */
export async function setup(): Promise<(() => void) | undefined> {
  const program = displayServer();
  if (hasDisplay() || program === undefined) return undefined;
  const server = spawn(program, ["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const number = await new Promise<string>((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes("\n")) resolve(text.trim());
    });
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`Xvfb ended with code ${code}`)));
  });
  process.env.DISPLAY = `:${number}`;
  return () => {
    server.kill();
  };
}
