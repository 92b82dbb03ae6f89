import { describe, expect, it } from "vitest";
import type { Call } from "../../core/api/call.ts";
import { ipcTransport } from "../../renderer/client/ipc.ts";
import { inProcess } from "../host/doors.ts";
import { answersOf, type Door, type ParityAnswer, parityCalls } from "../host/parity-calls.ts";
import { launchElectron } from "./launch.ts";
import { startedOnce } from "./program.ts";

interface Bridge {
  readonly call: (call: unknown) => Promise<unknown>;
  readonly on: (listener: (event: { readonly job: string }) => void) => () => void;
}

const program = startedOnce(launchElectron);

/** The bridge of the desktop window, called from its page. */
function throughElectron(): Door {
  return {
    name: "Electron",
    call: async (call) =>
      read(
        call,
        await program.host.page.evaluate((message) => (window as unknown as { core: Bridge }).core.call(message), call),
      ),
    callAndCancel: async (call) => {
      const answer = await program.host.page.evaluate(
        async ({ message, job }) => {
          const { core } = window as unknown as { core: Bridge };
          let asked = false;
          const stop = core.on((event) => {
            if (event.job !== job || asked) return;
            asked = true;
            void core.call({ operation: "job.cancel", input: { job } });
          });
          const answer = await core.call({ ...message, job });
          stop();
          return answer;
        },
        { message: call, job: `cancel-${call.operation}` },
      );
      return read(call, answer);
    },
    close: async () => {},
  };
}

/** An answer as the window's own client reads it: large ones arrive as lines. */
function read(call: Call, answer: unknown): Promise<unknown> {
  return ipcTransport({ call: async () => answer, on: () => () => {} }).send(call);
}

async function answersThrough(door: Door): Promise<readonly ParityAnswer[]> {
  try {
    return await answersOf(door);
  } finally {
    await door.close();
  }
}

describe("the Electron door", () => {
  it("answers every call as dispatch does", async () => {
    const direct = await answersThrough(inProcess());
    const answers = await answersThrough(throughElectron());
    for (const [index, answer] of answers.entries()) expect(answer).toEqual(direct[index]);
    expect(answers.length).toBe(parityCalls.length);
  });
});
