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

export interface Serving {
  /** With the token that a request must have. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves one page to this machine alone: on 127.0.0.1, at a port that is free, under a path that nobody can guess. A request by
 * another name of the machine, from another origin, or for anything else gets nothing.
 *
 * @param assets by their names under that path
 */
export async function serve(
  page: () => Served,
  assets: ReadonlyMap<string, Asset> = new Map(),
): Promise<Serving> {
  const path = `/${randomBytes(24).toString('base64url')}/`;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const given = { host, path, page, assets };
  server.on('request', (request, response) => answer(request, response, given));
  return { address: `http://${host}${path}`, close: () => closed(server) };
}

interface Given {
  readonly host: string;
  readonly path: string;
  readonly page: () => Served;
  readonly assets: ReadonlyMap<string, Asset>;
}

function answer(
  { headers, method, url = '' }: IncomingMessage,
  response: ServerResponse,
  { host, path, page, assets }: Given,
): void {
  const name = url.slice(path.length);
  const asset = assets.get(name);
  const isOurs =
    headers.host === host &&
    (headers.origin === undefined || headers.origin === `http://${host}`) &&
    (headers['sec-fetch-site'] ?? 'none') !== 'cross-site' &&
    isSame(url.slice(0, path.length), path) &&
    (name === '' || asset !== undefined);
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isOurs || !isRead) {
    refuse(response, isOurs ? 405 : 404);
    return;
  }
  if (asset) {
    void send(response, asset, method === 'HEAD');
    return;
  }
  const { html, policy } = page();
  response.writeHead(200, {
    ...guards,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
  });
  response.end(method === 'HEAD' ? undefined : html);
}

async function send(response: ServerResponse, asset: Asset, isHead: boolean): Promise<void> {
  try {
    const bytes = await asset.read();
    response.writeHead(200, { ...guards, 'Content-Type': asset.type });
    response.end(isHead ? undefined : bytes);
  } catch (error) {
    response.writeHead(500, { ...guards, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(error instanceof Error ? error.message : String(error));
  }
}

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
