// `node scripts/wheel-files.mjs [PART OF A NAME]`, after a build: writes down what the wheels of `netc setup` hold of what it
// takes out of them, for the test of the recipe. Each is downloaded by pip into a temporary folder and removed again: 3.5 GB
// for all.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wheels } from '../dist/runtime/engines/setup/releases.js';
import { fetchWheel, wantedFiles } from '../dist/runtime/engines/setup/wheel.js';

const target = 'test/fixtures/wheels.json';

/** The lines of RECORD about what is no header, and by header the headers it includes that are none of the system's. */
const script = `
import json, re, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    record = next(n for n in wheel.namelist() if n.endswith('.dist-info/RECORD'))
    lines = {line.split(',')[0]: line for line in wheel.read(record).decode().splitlines()}
    kept = sorted(path for path in lines if re.match(sys.argv[2], path))
    headers = [path for path in kept if path.endswith('.h')]
    include = re.compile(r'^\\s*#\\s*include\\s+"([^"]+)"', re.M)
    print(json.dumps({
        'record': [lines[path] for path in kept if path not in headers],
        'headers': {h: sorted(set(include.findall(wheel.read(h).decode()))) for h in headers},
    }))
`;

const folder = mkdtempSync(join(tmpdir(), 'netc-wheels-'));
const [, , part = ''] = process.argv;
const found = part === '' ? {} : JSON.parse(readFileSync(target, 'utf8'));
try {
  for (const wheel of Object.values(wheels).flatMap((variants) => Object.values(variants).flat())) {
    const name = `${wheel.project} ${wheel.version} ${wheel.platform}`;
    if (!name.includes(part)) continue;
    process.stderr.write(`${name}\n`);
    const file = await fetchWheel(wheel, folder, () => {});
    const { stdout, status, stderr } = spawnSync('python3', ['-c', script, file, wantedFiles], {
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    });
    if (status !== 0) throw new Error(stderr);
    found[name] = { sha256: wheel.sha256, size: statSync(file).size, ...JSON.parse(stdout) };
    rmSync(file);
  }
} finally {
  rmSync(folder, { recursive: true });
}
writeFileSync(target, `${JSON.stringify(found, null, 2)}\n`);
spawnSync('npx', ['biome', 'format', '--write', target], { stdio: 'inherit' });
