import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileAll } from '../../../src/compiler/compile-all.js';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import { mostBytes, openText, readText } from '../../../src/runtime/files/text.js';

let folder = '';
const at = (name: string): string => join(folder, name);
const units = 'block Unit(x) { x -> relu }\n';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netc-text-'));
  writeFileSync(at('units.net'), units);
  writeFileSync(at('large.net'), '');
  truncateSync(at('large.net'), mostBytes + 1);
  writeFileSync(at('secret.txt'), 'root:x:0:0:root\npassword = hunter2\n');
  symlinkSync('secret.txt', at('link.net'));
  symlinkSync('round.net', at('round.net'));
  execFileSync('mkfifo', [at('pipe.net')]);
  mkdirSync(at('folder.net'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('a text', () => {
  test('is read from a regular file, through links too', () => {
    symlinkSync('units.net', at('linked.net'));
    expect(openText(at('units.net'))).toEqual({ text: units });
    expect(openText(at('linked.net'))).toEqual({ text: units });
  });

  test('is not there where nothing or a folder is', () => {
    for (const name of ['nothing.net', 'folder.net', 'units.net/further.net']) {
      expect(openText(at(name)), name).toBeUndefined();
    }
  });

  test.each([
    ['pipe.net', 'kind'],
    ['large.net', 'size'],
    ['round.net', 'denied'],
    [`${'n'.repeat(300)}.net`, 'denied'],
  ])('is refused of %s', (name, kind) => {
    expect(openText(at(name))).toMatchObject({ refusal: { kind, path: at(name) } });
    expect(() => readText(at(name))).toThrow(at(name));
  });

  test.runIf(process.platform === 'linux')(
    'is refused of a device and a file without an end',
    () => {
      expect(openText('/dev/zero')).toMatchObject({ refusal: { kind: 'kind' } });
      expect(openText('/proc/self/environ')).toMatchObject({ text: expect.anything() });
    },
  );
});

describe('an import', () => {
  const said = (path: string): string => {
    const main = at('main.net');
    writeFileSync(
      main,
      `import { Unit } from ${JSON.stringify(path)}\n\nblock Twice(x) { x -> Unit -> Unit }\n`,
    );
    const { diagnostics } = compileAll(main, diskReader());
    return renderDiagnostics(diagnostics, { colour: false, width: 200 });
  };

  test.each(['pipe.net', 'large.net', 'round.net', '/dev/zero'])(
    'of %s is an error at its place',
    (path) => {
      expect(said(path)).toMatch(/^error NET0018: File that is not read\n[\s\S]*main\.net:1:22\n/);
    },
  );

  test.each(['secret.txt', 'link.net', '/proc/self/environ', '/etc/passwd'])(
    'of %s shows no line of it',
    (path) => {
      const text = said(path);
      expect(text).toContain('NET0018');
      expect(text).not.toMatch(/root:|hunter2|PATH=/);
    },
  );
});
