import { beforeEach, describe, expect, it } from "vitest";
import type { Client } from "../../../core/api/client.ts";
import { connect } from "../../../renderer/client/index.ts";
import { algebraRequestOf, algebraStore, algebraWork } from "../../../renderer/state/algebra.ts";
import { libraryStore } from "../../../renderer/state/library.ts";
import { session } from "../../../renderer/state/session.ts";

const stored = (id: string) => ({ id, name: `Book ${id}`, note: "2 positions", savedAtMs: 0, sha256: "" });
const outcome = { name: "Both", venue: "deribit", positions: [], count: 3, balances: [], notes: ["one fell out"] };
let asked: { readonly operation: string; readonly input: unknown }[] = [];
let refused = false;

beforeEach(() => {
  asked = [];
  refused = false;
  connect({
    call: (operation: string, input: unknown) => {
      asked.push({ operation, input });
      if (refused)
        return Promise.resolve({ ok: false, failure: { reason: "not-applicable", message: "nothing left" } });
      if (operation === "what-if.algebra") return Promise.resolve({ ok: true, value: outcome });
      if (operation === "what-if.save-algebra")
        return Promise.resolve({ ok: true, value: { ...outcome, saved: stored("new") } });
      if (operation === "portfolio.list") return Promise.resolve({ ok: true, value: [stored("a"), stored("new")] });
      return Promise.resolve({ ok: false, failure: { reason: "not-found", message: operation } });
    },
  } as unknown as Client);
  libraryStore.setState({ portfolios: [stored("a"), stored("b")] });
  session.setState({ portfolio: { id: "a", name: "Book a" } });
  algebraStore.getState().start();
});

const state = () => algebraStore.getState();
const keyAt = (place: number): number => state().terms[place]?.key ?? -1;

describe("the combination of portfolios", () => {
  it("begins with the book in use and another one", () => {
    expect(state().terms.map(({ portfolio }) => portfolio)).toEqual([
      { id: "a", name: "Book a" },
      { id: "b", name: "Book b" },
    ]);
  });

  it("asks for factors, accounts and choices as they are set", async () => {
    state().changeTerm(keyAt(0), { times: -0.5, accounts: " main, hedge ,main,, " });
    state().changeTerm(keyAt(1), { portfolio: { sample: true } });
    state().choose({ positions: "gross", mergeAccounts: true, balances: "first", name: " Both " });
    await state().preview();
    expect(asked.at(-1)).toEqual({
      operation: "what-if.algebra",
      input: {
        terms: [
          { portfolio: { id: "a" }, times: -0.5, accounts: ["main", "hedge"] },
          { portfolio: { sample: true }, times: 1 },
        ],
        ...{ name: "Both", positions: "gross", mergeAccounts: true, balances: "first" },
      },
    });
    expect(algebraWork.getState().value?.count).toBe(3);
  });

  it("asks nothing while a factor is missing", async () => {
    state().changeTerm(keyAt(1), { times: undefined });
    expect(algebraRequestOf(state())).toBeUndefined();
    await state().preview();
    await state().save();
    expect(asked).toEqual([]);
  });

  it("stores it, reads the library again and offers it until something changes", async () => {
    state().choose({ name: "Both" });
    await state().save();
    expect(state().saved?.id).toBe("new");
    expect(libraryStore.getState().portfolios.map(({ id }) => id)).toEqual(["a", "new"]);
    state().use();
    expect(session.getState().portfolio).toEqual({ id: "new", name: "Book new" });
    state().removeTerm(keyAt(1));
    expect(state().saved).toBeUndefined();
  });

  it("keeps why it could not be stored", async () => {
    refused = true;
    await state().save();
    expect(state().saveFailure?.message).toBe("nothing left");
    expect(state().saved).toBeUndefined();
    state().choose({ name: "Again" });
    expect(state().saveFailure).toBeUndefined();
  });
});
