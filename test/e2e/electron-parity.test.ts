import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { inProcess } from "../host/doors.ts";
import { answersOf, type Door, type ParityAnswer, parityCalls } from "../host/parity-calls.ts";
import { type LaunchedElectron, launchElectron, temporaryLibrary } from "./launch.ts";

interface Bridge {
  readonly call: (call: unknown) => Promise<unknown>;
  readonly on: (listener: (event: { readonly job: string }) => void) => () => void;
}

let launched: LaunchedElectron;
const library = temporaryLibrary();

beforeAll(async () => {
  launched = await launchElectron({ libraryPath: library.path });
});

afterAll(async () => {
  await launched?.close();
  library.remove();
});

/** The bridge of the desktop window, called from its page. */
function throughElectron(): Door {
  return {
    name: "Electron",
    call: (call) =>
      launched.page.evaluate((message) => (window as unknown as { core: Bridge }).core.call(message), call),
    callAndCancel: (call) =>
      launched.page.evaluate(
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
      ),
    close: async () => {},
  };
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
