import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { decode, encode } from "../../core/api/codec.ts";
import { createDispatch } from "../../core/api/dispatch.ts";
import { callBody } from "../../core/api/parts.ts";
import type { Service } from "../../core/api/service/part.ts";
import { createService } from "../../core/api/service.ts";
import { failed } from "../../core/base/index.ts";
import type { Core } from "../../core/host/core.ts";
import { type Loopback, startLoopback } from "../../core/host/loopback.ts";
import { memoryPorts } from "../core/api/memory-ports.ts";

const folder = mkdtempSync(join(tmpdir(), "marginscope-loopback-"));
const rendererPath = join(folder, "renderer");
let loopback: Loopback;
let jobsStopped = 0;

const untilCancelled: Service["margin.run"] = async (_input, work) => {
  work.progress(1, 2, "steps");
  while (!work.cancelled()) await work.pause();
  jobsStopped += 1;
  return failed("cancelled", "cancelled");
};

beforeAll(async () => {
  mkdirSync(join(rendererPath, "assets"), { recursive: true });
  writeFileSync(join(rendererPath, "assets/part-1a2b.js"), "2;");
  writeFileSync(join(rendererPath, "index.html"), '<meta name="csp-nonce" content="__NONCE__"><p>__NONCE__</p>');
  writeFileSync(join(rendererPath, "app.js"), "1;");
  writeFileSync(join(rendererPath, "notes.unknown"), "of no known type");
  writeFileSync(join(folder, "secret.txt"), "secret");
  const ports = memoryPorts({ host: "loopback", pause: () => new Promise((resolve) => setImmediate(resolve)) });
  const dispatch = createDispatch({ ...createService(ports), "margin.run": untilCancelled }, ports);
  const core: Core = { call: dispatch, answer: dispatch, close: async () => {} };
  loopback = await startLoopback({ core, rendererPath, bodyLimit: 20_000 });
});

afterAll(async () => {
  await loopback.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

interface Given {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

/** A request as it goes over the wire: paths are not tidied and any header can be set, as `fetch` would not allow. */
function send({ method = "GET", path = "/", headers = {}, body }: Given): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: "127.0.0.1", port: loopback.port, method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const call = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  send({
    method: "POST",
    path: "/api",
    headers: { Authorization: `Bearer ${loopback.token}`, "Content-Type": "application/json", ...headers },
    body,
  });

const infoCall = encode({ operation: "program.info", input: {} });

describe("the page", () => {
  it("comes with a nonce of its own each load, in the page and in a strict policy", async () => {
    const [first, second] = [await send({}), await send({})];
    const [, nonce = ""] = /content="([^"]+)"/.exec(first.body) ?? [];
    expect(nonce.length).toBeGreaterThanOrEqual(20);
    expect(first.body).not.toContain("__NONCE__");
    expect(second.body).not.toContain(nonce);
    const policy = String(first.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';");
    expect(policy).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
    expect(policy).not.toContain("'unsafe-eval'");
    expect(policy).toContain("frame-ancestors 'none'");
  });
  it("is cross-origin isolated and not sniffed", async () => {
    const { headers } = await send({ path: "/app.js" });
    expect(headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "x-content-type-options": "nosniff",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    });
  });
  it("lets a browser keep what is named by its content, and nothing else", async () => {
    const cacheOf = async (path: string) => (await send({ path })).headers["cache-control"];
    expect(await cacheOf("/assets/part-1a2b.js")).toBe("public, max-age=31536000, immutable");
    expect([await cacheOf("/"), await cacheOf("/app.js")]).toEqual(["no-store", "no-store"]);
  });
  it("answers HEAD without a body", async () => {
    expect(await send({ method: "HEAD" })).toMatchObject({ status: 200, body: "" });
  });
  it.each(["POST", "PUT", "DELETE", "OPTIONS"])("refuses %s for files", async (method) => {
    expect((await send({ method })).status).toBe(405);
  });
  it.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/..%5csecret.txt",
    "/assets/../../secret.txt",
    "//secret.txt",
    "//",
    "/%00",
    "/%",
    "/notes.unknown",
    "/absent.js",
    "/.",
  ])("does not hand out %s", async (path) => {
    const answer = await send({ path });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain("secret\n");
  });
});

describe("the door", () => {
  it("answers a call that shows the token", async () => {
    const answer = await call(infoCall);
    expect(answer).toMatchObject({ status: 200, headers: { "content-type": "application/x-ndjson; charset=utf-8" } });
    expect(decode(answer.body)).toEqual({
      ok: true,
      value: { result: { ok: true, value: { version: "0.0.0-test", host: "loopback" } } },
    });
  });
  it("prints the token in the fragment, which a browser never sends", () => {
    expect(loopback.url).toBe(`http://127.0.0.1:${loopback.port}/#token=${loopback.token}`);
    expect(loopback.token.length).toBeGreaterThanOrEqual(43);
  });
  it.each(["", "Bearer ", "Bearer wrong", "Basic abc"])("refuses the authorization %j", async (Authorization) => {
    expect(await call(infoCall, { Authorization })).toMatchObject({ status: 401 });
  });
  it("refuses a token of the right length that is wrong", async () => {
    const wrong = [...loopback.token].reverse().join("");
    expect(await call(infoCall, { Authorization: `Bearer ${wrong}` })).toMatchObject({ status: 401 });
  });
  it.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"])(
    "refuses the host %s, page and door alike",
    async (Host) => {
      expect((await send({ headers: { Host } })).status).toBe(403);
      expect((await call(infoCall, { Host })).status).toBe(403);
    },
  );
  it.each(["https://evil.example", "null", "http://127.0.0.1:1"])("refuses the origin %s", async (Origin) => {
    expect((await call(infoCall, { Origin })).status).toBe(403);
  });
  it("takes its own origin, by address and by name", async () => {
    for (const host of [`127.0.0.1:${loopback.port}`, `localhost:${loopback.port}`]) {
      expect((await call(infoCall, { Host: host, Origin: `http://${host}` })).status).toBe(200);
      expect((await call(infoCall, { Host: host, Origin: `https://${host}` })).status).toBe(403);
    }
  });
  it("refuses a form's content type, which would need no preflight", async () => {
    expect((await call(infoCall, { "Content-Type": "text/plain" })).status).toBe(415);
  });
  it("takes bytes after the text of a call", async () => {
    const content = "symbol,quantity\nBTC-PERPETUAL,1\n".repeat(550);
    const input = { files: [{ name: "f.csv", bytes: new TextEncoder().encode(content) }] };
    const { type, pieces } = callBody({ operation: "import.inspect", input });
    expect(type).toBe("application/x-marginscope-call");
    const [text, bytes] = pieces;
    expect(String(text).length + (bytes?.length ?? 0)).toBeLessThan(content.length + 200);
    const body = Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
    const answer = await call(body, { "Content-Type": type });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('"name":"f.csv"');
    expect(await call(body, { "Content-Type": type, Authorization: "Bearer wrong" })).toMatchObject({ status: 401 });
  });
  it.each([
    ["one line", "[1]\n"],
    ["sizes that are too small", '[1]\n{"operation":"program.info","input":{}}\nab'],
    ["sizes that are too large", '[3]\n{"operation":"program.info","input":{}}\nab'],
    ["a negative size", '[-1,3]\n{"operation":"program.info","input":{}}\nab'],
    ["sizes that are no list", '{}\n{"operation":"program.info","input":{}}\nab'],
    ["no JSON", "[2]\n{\nab"],
    ["a reference to bytes that are not there", '[2]\n{"operation":"program.info","input":{"$part":1}}\nab'],
  ])("answers bytes with %s with a refusal", async (_, body) => {
    const answer = await call(body, { "Content-Type": "application/x-marginscope-call" });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('"reason":"parse-error"');
  });
  it("refuses GET", async () => {
    expect((await send({ path: "/api", headers: { Authorization: `Bearer ${loopback.token}` } })).status).toBe(405);
  });
  it("refuses a body beyond the limit, declared or streamed", async () => {
    const long = encode({ operation: "setting.set", input: { key: "a", value: "x".repeat(30_000) } });
    expect((await call(long)).status).toBe(413);
    expect((await call(long, { "Transfer-Encoding": "chunked" })).status).toBe(413);
  });
  it("answers text that is not a call with a refusal, not an error", async () => {
    for (const body of ["{", "5", '{"operation":"nothing"}']) {
      const answer = await call(body);
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('"ok":false');
    }
  });
  it("cancels the job of a caller that hangs up", async () => {
    const before = jobsStopped;
    const input = { portfolio: { sample: true }, market: { sample: true }, methodology: "x" };
    await new Promise<void>((resolve) => {
      const headers = { Authorization: `Bearer ${loopback.token}`, "Content-Type": "application/json" };
      const sent = request({ host: "127.0.0.1", port: loopback.port, method: "POST", path: "/api", headers });
      sent.on("error", () => {});
      sent.on("response", (response) => {
        response.once("data", () => {
          sent.destroy();
          resolve();
        });
      });
      sent.end(encode({ operation: "margin.run", input }));
    });
    await expect.poll(() => jobsStopped).toBe(before + 1);
  });
});
