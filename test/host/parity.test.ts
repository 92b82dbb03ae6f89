import { beforeAll, describe, expect, it } from "vitest";
import { buildCore } from "./built.ts";
import { inProcess, throughCommandLine, throughLoopback, throughWorker } from "./doors.ts";
import { answersOf, type Door, type ParityAnswer, parityCalls } from "./parity-calls.ts";

async function answersThrough(door: Door): Promise<readonly ParityAnswer[]> {
  try {
    return await answersOf(door);
  } finally {
    await door.close();
  }
}

describe("every door", () => {
  let direct: readonly ParityAnswer[] = [];

  beforeAll(async () => {
    buildCore();
    direct = await answersThrough(inProcess());
  }, 120_000);

  it.each(parityCalls)("answers $title with: $expected", ({ title, expected }) => {
    const found = direct.find((answer) => answer.title === title);
    if (expected === "any refusal") expect(found?.outcome).not.toBe("ok");
    else expect(found).toMatchObject({ outcome: expected });
  });

  it.each([
    ["worker", throughWorker],
    ["loopback", throughLoopback],
    ["command line", throughCommandLine],
  ] as const)(
    "answers through the %s as dispatch does",
    async (_, open) => {
      const answers = await answersThrough(await open());
      for (const [index, answer] of answers.entries()) expect(answer).toEqual(direct[index]);
      expect(answers.length).toBe(parityCalls.length);
    },
    // The command line starts a process for each call.
    360_000,
  );
});
