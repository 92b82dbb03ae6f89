import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { decode, encode } from "../api/codec.ts";
import { answerLines, bytesType } from "../api/parts.ts";
import { callWithBytes } from "./call-with-bytes.ts";
import type { Core } from "./core.ts";
import { commonHeaders, pageFile } from "./page.ts";

export interface LoopbackOptions {
  readonly core: Core;
  /** 0 takes any free port. */
  readonly port?: number;
  /** Folder of the built renderer; default: beside the running bundle. */
  readonly rendererPath?: string;
  /** Longest accepted call, bytes. */
  readonly bodyLimit?: number;
}

export interface Loopback {
  readonly port: number;
  readonly token: string;
  /** The page with its token in the fragment, which no browser sends or logs. */
  readonly url: string;
  /** Ends the server and its connections; the core is the caller's. */
  readonly close: () => Promise<void>;
}

const defaultBodyLimit = 256 * 1024 * 1024;

/**
 * The workstation on 127.0.0.1.
 *
 *     GET, HEAD  the built renderer: public files, no data
 *     POST /api  one call as `encode`d text or with its files as bytes (parts.ts), `Authorization: Bearer <token>`; the answer is lines of events, parts and
 *                at last the result, whatever it is (parts.ts)
 *
 * Requests with another Host (DNS rebinding) or Origin (a page of someone else), or without the token, are refused.
 * A caller that hangs up cancels its job.
 */
export async function startLoopback(options: LoopbackOptions): Promise<Loopback> {
  const { core, port = 0, rendererPath = join(import.meta.dirname, "../renderer") } = options;
  const { bodyLimit = defaultBodyLimit } = options;
  const token = randomBytes(32).toString("base64url");
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) refuse(response, 500, error instanceof Error ? error.message : String(error));
      else response.destroy();
    });
  });

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { host, origin } = request.headers;
    const hosts = [`127.0.0.1:${boundPort()}`, `localhost:${boundPort()}`];
    if (host === undefined || !hosts.includes(host)) return refuse(response, 403, "this host name is not served");
    if (origin !== undefined && origin !== `http://${host}`) return refuse(response, 403, "this origin is not served");
    // The raw path: `URL` would resolve `..` away before it could be refused, and throws at `//`.
    const [rawPath = "/"] = (request.url ?? "/").split(/[?#]/);
    if (rawPath === "/api") return api(request, response);
    if (request.method !== "GET" && request.method !== "HEAD") return refuse(response, 405, "expected GET or HEAD");
    const file = await pageFile(rendererPath, rawPath, randomBytes(16).toString("base64"));
    if (file === undefined) return refuse(response, 404, "there is no such file");
    response.writeHead(200, { ...file.headers, "Content-Length": file.body.length });
    response.end(request.method === "HEAD" ? undefined : file.body);
  };

  const api = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== "POST") return refuse(response, 405, "expected POST");
    if (!sameSecret(request.headers.authorization ?? "", `Bearer ${token}`))
      return refuse(response, 401, "expected the token that was printed when the program started");
    const type = request.headers["content-type"] ?? "";
    if (!/^application\/json\b/.test(type) && type !== bytesType)
      return refuse(response, 415, `expected application/json or ${bytesType}`);
    const body = await bodyOf(request, bodyLimit);
    if (body === undefined) return refuse(response, 413, `expected a call of at most ${bodyLimit} bytes`);
    response.writeHead(200, { ...commonHeaders, "Content-Type": "application/x-ndjson; charset=utf-8" });
    const write = (message: unknown): void => void response.write(`${encode(message)}\n`);
    const call = type === bytesType ? callWithBytes(body) : decode(body.toString("utf8"));
    if (!call.ok) {
      write({ result: call });
      response.end();
      return;
    }
    const { value, job } = withJob(call.value);
    response.on("close", () => {
      if (!response.writableFinished) void core.call({ operation: "job.cancel", input: { job } });
    });
    const answered = await core.answer(value, (event) => write({ event }));
    for (const line of "ok" in answered ? answerLines(answered) : answered) response.write(`${line}\n`);
    response.end();
  };

  const boundPort = (): number => (server.address() as AddressInfo).port;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    port: boundPort(),
    token,
    url: `http://127.0.0.1:${boundPort()}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The call with a job id, so that its job can be cancelled when the caller hangs up. */
function withJob(call: unknown): { readonly value: unknown; readonly job: string } {
  if (typeof call !== "object" || call === null || Array.isArray(call)) return { value: call, job: randomUUID() };
  if ("job" in call && typeof call.job === "string") return { value: call, job: call.job };
  if ("job" in call) return { value: call, job: randomUUID() };
  const job = randomUUID();
  return { value: { ...call, job }, job };
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, {
    ...commonHeaders,
    "Content-Type": "text/plain; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'",
    Connection: "close",
  });
  response.end(`${message}\n`);
}

function sameSecret(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A body; `undefined` when it is longer than allowed. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    length += bytes.length;
    if (length > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
