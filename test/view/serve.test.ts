import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { InputError } from '../../src/runtime/errors/errors.js';
import { filesBy, type Serving, serve } from '../../src/runtime/viewing/serve.js';

let serving: Serving;
beforeAll(async () => {
  const page = { html: '<p>page</p>', policy: "default-src 'none'" };
  const assets = new Map([
    ['a.wasm', { type: 'application/wasm', read: async () => Buffer.from('kernels') }],
    [
      'run-0',
      {
        type: 'application/octet-stream',
        read: () => Promise.reject(new InputError('no weights yet')),
      },
    ],
  ]);
  serving = await serve(() => page, filesBy(assets));
});
afterAll(() => serving.close());

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** What the server answers to a request that differs from a good one. */
function ask({
  method = 'GET',
  path,
  headers = {},
}: {
  method?: string;
  path?: string;
  headers?: Record<string, string>;
} = {}): Promise<Answer> {
  const { hostname, port, pathname } = new URL(serving.address);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path: path ?? pathname, headers },
      (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += chunk;
        });
        response.on('end', () => {
          resolve({ status: response.statusCode, headers: response.headers, body });
        });
      },
    );
    asked.on('error', reject);
    asked.end();
  });
}

describe('the server of netc view', () => {
  it('is on the loopback alone, under a path that nobody can guess', () => {
    expect(serving.address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}\/$/);
  });

  it('gives the page, with a policy that lets nothing in and no frame around it', async () => {
    const { status, headers, body } = await ask();
    expect({ status, body }).toEqual({ status: 200, body: '<p>page</p>' });
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });

  it.each([
    ['no token', { path: '/' }],
    ['a wrong token', { path: `/${'a'.repeat(32)}/` }],
    ['a file without the token', { path: '/a.wasm' }],
    ['a file and a wrong token', { path: `/${'a'.repeat(32)}/a.wasm` }],
    ['something beside the page', { path: '/favicon.ico' }],
    ['another name of the machine', { headers: { Host: 'attacker.example' } }],
    ['the name localhost', { headers: { Host: 'localhost' } }],
    ['another origin', { headers: { Origin: 'https://attacker.example' } }],
    ['an opaque origin', { headers: { Origin: 'null' } }],
    ['another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
  ])('gives nothing to a request with %s', async (_, how) => {
    expect(await ask(how)).toMatchObject({ status: 404, body: '' });
  });

  it('gives the files of the page under its token, and says why there is none', async () => {
    const { pathname } = new URL(serving.address);
    expect(await ask({ path: `${pathname}a.wasm` })).toMatchObject({
      status: 200,
      body: 'kernels',
      headers: { 'content-type': 'application/wasm', 'x-content-type-options': 'nosniff' },
    });
    const failed = { status: 500, body: 'no weights yet' };
    expect(await ask({ path: `${pathname}run-0` })).toMatchObject(failed);
    for (const other of ['b.wasm', 'a.wasm/', '../a.wasm', 'a.wasm?x']) {
      expect(await ask({ path: `${pathname}${other}` })).toMatchObject({ status: 404, body: '' });
    }
    const headers = { 'Sec-Fetch-Site': 'cross-site' };
    expect(await ask({ path: `${pathname}a.wasm`, headers })).toMatchObject({ status: 404 });
  });

  it('only gives', async () => {
    expect(await ask({ method: 'POST' })).toMatchObject({ status: 405, body: '' });
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});
