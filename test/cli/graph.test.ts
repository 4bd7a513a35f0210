import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc } from './netc.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-graph-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const draw = (...options: string[]) => netc(['graph', 'models/r2au.net', ...options]);

describe('netc graph --width', () => {
  it('draws SVG of that width, on standard output', async () => {
    const { status, stdout } = await draw('--format', 'svg', '--width', '85mm');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^<svg [^>]*width="85mm" height="[\d.]+mm"/);
    expect(stdout).not.toContain('Norm: BatchNorm');
  });

  it('draws PNG of 300 dots an inch', async () => {
    const out = join(folder, 'drawing.png');
    expect(await draw('--format', 'png', '--width', '85', '--out', out)).toMatchObject({
      status: 0,
    });
    const { width, density } = await sharp(out).metadata();
    expect({ width, density }).toEqual({ width: Math.round((85 / 25.4) * 300), density: 300 });
  });

  it('draws PDF', async () => {
    const out = join(folder, 'drawing.pdf');
    expect(await draw('--format', 'pdf', '--width', '85mm', '--out', out)).toMatchObject({
      status: 0,
    });
    expect(readFileSync(out, 'latin1')).toMatch(/^%PDF-1\.4\n/);
  });

  it.each([
    [['--format', 'svg', '--width', '40mm'], 1, 'under 6 points: this drawing needs 79 mm'],
    [['--format', 'svg', '--width', '85cm'], 2, 'Write millimetres, for example 85mm'],
    [['--width', '85mm'], 2, '--width is of drawings: add --format svg, pdf or png'],
    [['--format', 'dot', '--compact'], 2, '--compact is of drawings'],
    [['--format', 'pdf'], 2, 'pdf is no text: name a file by --out drawing.pdf'],
  ])('%j ends with %i', async (options, status, message) => {
    const answer = await draw(...options);
    expect(answer.status).toBe(status);
    expect(answer.stderr).toContain(message);
  });
});
