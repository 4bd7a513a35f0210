import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { build, transformSync } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fencesOf } from '../docs/fences.js';
import { rewritePage } from '../docs/samples.js';

const { productionPackages } = await import(
  new URL('../../scripts/licences/packages.mjs', import.meta.url).href
);

const page = 'docs/api.md';
const fences = fencesOf(page);
const samples = fences.filter(({ label }) => label === 'ts');
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));

/** A project that has installed the packed package, with the checkout's copies of what it depends on. */
let project = '';
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'netc-package-'));
  const modules = join(project, 'node_modules');
  run(process.execPath, ['scripts/sbom.mjs'], process.cwd());
  const packed = run('npm', ['pack', '--json', '--pack-destination', project], process.cwd());
  const [{ filename }] = JSON.parse(packed) as [{ filename: string }];
  mkdirSync(join(modules, 'netc'), { recursive: true });
  run('tar', ['-xzf', join(project, filename), '--strip-components=1', '-C', 'node_modules/netc']);
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(resolve('node_modules', name), join(modules, name));
  }
  for (const shipped of ['experiments', 'models']) {
    symlinkSync(join(modules, 'netc', shipped), join(project, shipped));
  }
  writeFileSync(join(project, 'package.json'), '{"type": "module"}');
  samples.forEach(({ text }, i) => {
    writeFileSync(join(project, `sample${i}.ts`), text);
    writeFileSync(join(project, `sample${i}.js`), transformSync(text, { loader: 'ts' }).code);
  });
});
afterAll(() => rmSync(project, { recursive: true }));

/** What a program prints. Throws with all it said where it fails. */
function run(program: string, args: readonly string[], cwd = project): string {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stdout}${stderr}`);
  return stdout;
}

describe('the packed package', () => {
  it('has every file that its exports name', () => {
    const named = Object.values<string | Record<string, string>>(manifest.exports).flatMap((one) =>
      typeof one === 'string' ? [one] : Object.values(one),
    );
    const missing = named.filter((path) => !existsSync(join(project, 'node_modules/netc', path)));
    expect(missing).toEqual([]);
  });

  it('has its licences, and a bill of materials that says nothing of this machine', () => {
    const packed = (path: string) => readFileSync(join(project, 'node_modules/netc', path), 'utf8');
    expect(packed('THIRD-PARTY-LICENSES')).toBe(readFileSync('THIRD-PARTY-LICENSES', 'utf8'));
    expect(packed('SECURITY.md')).toContain('# Security');
    const text = packed('dist/sbom.cdx.json');
    const { bomFormat, metadata, components } = JSON.parse(text);
    expect([bomFormat, metadata.component.name]).toEqual(['CycloneDX', 'netc']);
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    const expected = productionPackages(lock).map(
      ({ name, version }: { name: string; version: string }) => `${name}@${version}`,
    );
    const listed = components.map(
      ({ name, version }: { name: string; version: string }) => `${name}@${version}`,
    );
    expect(expected.filter((one: string) => !listed.includes(one))).toEqual([]);
    expect(text).not.toMatch(/"type": "distribution"|serialNumber|timestamp|registry/);
    for (const own of [hostname(), process.cwd()]) expect(text).not.toContain(own);
  });

  it('exports nothing else', () => {
    const script = "import('netc/dist/bin/main.js').catch(({ code }) => console.log(code))";
    const printed = run(process.execPath, ['--input-type=module', '--eval', script]);
    expect(printed.trim()).toBe('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });

  it('type-checks in a program that uses it, and refuses what it does not have', () => {
    const wrong =
      "import { compile } from 'netc/compiler';\ncompile({}, 1);\nimport { fly } from 'netc/runtime';\nfly();\n";
    writeFileSync(join(project, 'wrong.ts'), wrong);
    const tsc = resolve('node_modules/typescript/bin/tsc');
    const flags = '--noEmit --strict --target es2023 --module nodenext --types node'.split(' ');
    const files = samples.map((_, i) => `sample${i}.ts`);
    const options = { cwd: project, encoding: 'utf8' } as const;
    const { stdout } = spawnSync(process.execPath, [tsc, ...flags, ...files, 'wrong.ts'], options);
    const faults = stdout.match(/^\S+\.ts\(\d+,\d+\): error TS\d+/gm);
    expect(faults).toEqual(['wrong.ts(2,13): error TS2345', 'wrong.ts(3,10): error TS2305']);
  });
});

describe(page, () => {
  const texts = new Map<number, string>();
  afterAll(() => {
    if (texts.size > 0) rewritePage(page, texts);
  });

  it.each(samples.map(({ line }, i) => ({ line, i })))('line $line runs', ({ line, i }) => {
    const printed = run(process.execPath, [`sample${i}.js`]);
    const next = fences[fences.findIndex((fence) => fence.line === line) + 1];
    if (next?.label !== 'text') expect(printed).not.toBe('');
    else if (process.env.UPDATE_EXPECTED) texts.set(next.line, printed);
    else expect(next.text).toBe(printed);
  });
});

describe('netc/compiler', () => {
  it('goes into a browser bundle with nothing of Node and no engine in it, and compiles there', async () => {
    const { metafile, outputFiles } = await build({
      stdin: {
        contents: "export * from 'netc/compiler';",
        resolveDir: project,
      },
      bundle: true,
      platform: 'browser',
      format: 'iife',
      globalName: 'netc',
      write: false,
      metafile: true,
      logLevel: 'silent',
    });
    const inputs = Object.keys(metafile.inputs);
    expect(inputs.filter((path) => /tfjs|tensorflow\/lib|sharp|src\/runtime/.test(path))).toEqual(
      [],
    );
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    // protobufjs asks for fs where there is one, and says itself that a browser has none.
    expect(inputs.filter((path) => path.includes('disabled'))).toEqual(['(disabled):fs']);
    // What browsers have beside the language itself; nothing of Node is in such a context.
    const page = createContext({ TextEncoder, TextDecoder, setTimeout, clearTimeout });
    runInContext(outputFiles[0]!.text, page);
    const net = 'model M {\n input x: [N, H, W, 1]\n output y = x -> Conv(1) -> sigmoid\n}';
    const compiled = `netc.compile({'m.net': ${JSON.stringify(net)}}, 'm.net')`;
    expect(runInContext(`netc.describe(${compiled}.model).weights`, page)).toBe(10);
  });
});
