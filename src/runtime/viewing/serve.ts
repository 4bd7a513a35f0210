import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page, and its Content-Security-Policy. */
export interface Served {
  readonly html: string;
  readonly policy: string;
}

export interface Serving {
  /** With the token that a request must have. */
  readonly address: string;
  close(): Promise<void>;
}

/**
 * Serves one page to this machine alone: on 127.0.0.1, at a port that is free, under a path that nobody can guess. A request by
 * another name of the machine, from another origin, or for anything else gets nothing.
 */
export async function serve(page: () => Served): Promise<Serving> {
  const path = `/${randomBytes(24).toString('base64url')}/`;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on('request', (request, response) => answer(request, response, host, path, page));
  return { address: `http://${host}${path}`, close: () => closed(server) };
}

function answer(
  { headers, method, url = '' }: IncomingMessage,
  response: ServerResponse,
  host: string,
  path: string,
  page: () => Served,
): void {
  const isOurs =
    headers.host === host &&
    (headers.origin === undefined || headers.origin === `http://${host}`) &&
    (headers['sec-fetch-site'] ?? 'none') !== 'cross-site' &&
    isSame(url, path);
  const isRead = method === 'GET' || method === 'HEAD';
  if (!isOurs || !isRead) {
    refuse(response, isOurs ? 405 : 404);
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
