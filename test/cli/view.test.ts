import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main, netc, root } from './netc.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-view-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the page is given. */
function dataIn(html: string) {
  const [, data] = /<script type="application\/json"[^>]*>(.*)<\/script>/.exec(html)!;
  return JSON.parse(data!);
}

const page = (out: string): string => readFileSync(join(folder, out, 'index.html'), 'utf8');

describe('netc view --static', () => {
  it('writes one page with a network and all that it imports', async () => {
    const args = ['view', 'models/r2au.net', '--static', '--out', join(folder, 'one')];
    expect(await netc(args)).toEqual({
      status: 0,
      stdout: `${join(folder, 'one', 'index.html')}\n`,
      stderr: '',
    });
    const { texts, viewed } = dataIn(page('one'));
    expect(Object.keys(texts).sort()).toEqual([
      'lib/shapes.net',
      'lib/skips.net',
      'lib/units.net',
      'r2au.net',
      'unet.net',
    ]);
    expect(texts['r2au.net']).toBe(readFileSync(join(root, 'models/r2au.net'), 'utf8'));
    expect(viewed).toEqual([{ path: 'r2au.net', model: null, set: {} }]);
  });

  it('shows what netc ships where nothing is named', async () => {
    await netc(['view', '--static', '--out', join(folder, 'all')], folder);
    const { viewed, texts } = dataIn(page('all'));
    expect(viewed[0].path).toBe('models/r2au.net');
    expect(Object.keys(texts)).toContain('examples/unet-plus-plus.net');
  });

  it('shows the network of an experiment with its parameters', async () => {
    const out = join(folder, 'experiment');
    await netc(['view', 'experiments/quickstart-portable.yaml', '--static', '--out', out]);
    const [{ path, set }] = dataIn(page('experiment')).viewed;
    expect(path).toMatch(/\.net$/);
    expect(Object.keys(set).length).toBeGreaterThan(0);
  });

  it('has its texts in it whatever is in them', async () => {
    const text = `// </script><script>alert(1)</script> <!-- \u2028\nmodel A { input x: [N, H, W, 1]\n output y = x -> relu }\n`;
    writeFileSync(join(folder, 'hostile.net'), text);
    await netc(['view', 'hostile.net', '--static', '--out', 'hostile'], folder);
    expect(dataIn(page('hostile')).texts['hostile.net']).toBe(text);
    expect(page('hostile').match(/<script/g)).toHaveLength(3);
  });

  it.each([
    [['view', '--static'], 2, '--static writes files: add --out'],
    [['view', '--out', 'x'], 2, '--out and --overwrite go with --static'],
    [['view', 'none.net', '--static', '--out', 'x'], 1, 'none.net is missing: name a .net file'],
    [['view', 'picture.png', '--static', '--out', 'x'], 1, 'picture.png is an image'],
    [['view', 'twice.net', '--static', '--out', 'twice'], 1, 'would be replaced: add --overwrite'],
  ])('%j ends with %i', async (args, status, message) => {
    writeFileSync(join(folder, 'picture.png'), 'x');
    writeFileSync(join(folder, 'twice.net'), 'block A(x) { x }\n');
    if (args.includes('twice')) await netc(args, folder);
    const answer = await netc(args, folder);
    expect(answer.status).toBe(status);
    expect(answer.stderr).toContain(message);
  });
});

describe('netc view', () => {
  it('serves the page until it is interrupted', async () => {
    const child = spawn(process.execPath, [main, 'view', 'models/unet.net', '--json'], {
      cwd: root,
    });
    const [said] = await once(child.stdout.setEncoding('utf8'), 'data');
    const { address } = JSON.parse(said);
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'nonce-[^']+'; worker-src blob:/,
    );
    const first = dataIn(await response.text());
    expect(first.viewed).toMatchObject([{ path: 'unet.net' }]);
    const second = dataIn(await (await fetch(address)).text());
    expect(second.nonce).not.toBe(first.nonce);
    child.kill('SIGINT');
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
