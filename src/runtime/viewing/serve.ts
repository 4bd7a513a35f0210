import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page, and its Content-Security-Policy. */
export interface Served {
  readonly html: string;
  readonly policy: string;
}

/** A file that the page may ask for. */
export interface Asset {
  readonly type: string;
  /** Throws `InputError` where there is none to give; the page is told why. */
  read(): Promise<Uint8Array>;
}

/** What the page is answered that asks for something beside itself. */
export interface Reply {
  readonly type: string;
  readonly body: string | Uint8Array;
  /** Differs where the body does. */
  readonly version: string;
}

/**
 * Answers the page by a name, which is one of those that the page was given; undefined for any other. Whoever knows that the page has
 * something of this `version` already is answered `unchanged`.
 */
export type Ask = (name: string, version: string | undefined) => Promise<Reply | Same | undefined>;
type Same = 'unchanged';

export interface Serving {
  /** With the token that a request must have. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves one page to this machine alone: on 127.0.0.1, at a port that is free, under a path that nobody can guess. A request by
 * another name of the machine, from another origin, or for anything else gets nothing.
 * @param ask what the page may ask for beside itself; nothing unless given
 */
export async function serve(
  page: () => Served,
  ask: Ask = async () => undefined,
): Promise<Serving> {
  const path = `/${randomBytes(24).toString('base64url')}/`;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => {
    const name = nameAsked(request, host, path);
    if (name === undefined) refuse(response, 404);
    else if (request.method !== 'GET' && request.method !== 'HEAD') refuse(response, 405);
    else if (name === '') answerPage(request, response, page());
    else void answer(request, response, ask, name);
  });
  return { address: `http://${host}${path}`, close: () => closed(server) };
}

/** What a request is for, by its name behind the token: empty for the page. Undefined of a request that is not the page's own. */
function nameAsked(
  { headers, url = '' }: IncomingMessage,
  host: string,
  path: string,
): string | undefined {
  const isOurs =
    headers.host === host &&
    (headers.origin === undefined || headers.origin === `http://${host}`) &&
    (headers['sec-fetch-site'] ?? 'none') !== 'cross-site' &&
    isSame(url.slice(0, path.length), path);
  return isOurs ? url.slice(path.length) : undefined;
}

function answerPage(
  { method }: IncomingMessage,
  response: ServerResponse,
  { html, policy }: Served,
): void {
  response.writeHead(200, {
    ...guards,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  });
  response.end(method === 'HEAD' ? undefined : html);
}

async function answer(
  { method, headers }: IncomingMessage,
  response: ServerResponse,
  ask: Ask,
  name: string,
): Promise<void> {
  try {
    const reply = await ask(name, headers['if-none-match']?.replaceAll('"', ''));
    if (reply === undefined) return refuse(response, 404);
    if (reply === 'unchanged') return refuse(response, 304);
    const { type, body, version } = reply;
    response.writeHead(200, { ...guards, 'Content-Type': type, ETag: `"${version}"` });
    response.end(method === 'HEAD' ? undefined : body);
  } catch (error) {
    response.writeHead(500, { ...guards, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(error instanceof Error ? error.message : String(error));
  }
}

/** Answers with files by their names. */
export const filesBy =
  (assets: ReadonlyMap<string, Asset>): Ask =>
  async (name) => {
    const asset = assets.get(name);
    return asset && { type: asset.type, body: await asset.read(), version: '' };
  };

const guards = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, guards);
  response.end();
}

/** Whether two paths are the same, in a time that does not tell how far they are. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [Buffer.from(a), Buffer.from(b)];
  return one.length === other.length && timingSafeEqual(one, other);
}

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
