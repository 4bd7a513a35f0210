import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Serving, serve } from '../../src/runtime/viewing/serve.js';

let serving: Serving;
beforeAll(async () => {
  serving = await serve(() => ({ html: '<p>page</p>', policy: "default-src 'none'" }));
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
    ['something beside the page', { path: '/favicon.ico' }],
    ['another name of the machine', { headers: { Host: 'attacker.example' } }],
    ['the name localhost', { headers: { Host: 'localhost' } }],
    ['another origin', { headers: { Origin: 'https://attacker.example' } }],
    ['an opaque origin', { headers: { Origin: 'null' } }],
    ['another site', { headers: { 'Sec-Fetch-Site': 'cross-site' } }],
  ])('gives nothing to a request with %s', async (_, how) => {
    expect(await ask(how)).toMatchObject({ status: 404, body: '' });
  });

  it('only gives', async () => {
    expect(await ask({ method: 'POST' })).toMatchObject({ status: 405, body: '' });
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  });
});
