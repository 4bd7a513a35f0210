// `npm run sbom [FILE]` writes a bill of materials (CycloneDX, JSON) of what npm installs with netc, by the lock file: for a
// release, dist/sbom.cdx.json goes into the package. The same lock file gives the same text: what npm adds of this moment and
// of this machine is taken out.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , target = join(root, 'dist/sbom.cdx.json')] = process.argv;
const read = (name) => JSON.parse(readFileSync(join(root, name), 'utf8'));

/**
 * The project as somebody who installs it has it. `npm sbom --omit=dev` would leave out each package that development needs
 * too, such as yaml.
 */
function withoutDevelopment(folder) {
  const { devDependencies: _, ...manifest } = read('package.json');
  const lock = read('package-lock.json');
  const { devDependencies: __, ...own } = lock.packages[''];
  const installed = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
  const packages = { '': own, ...Object.fromEntries(installed) };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }));
}

function bomOf(folder) {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['sbom', '--sbom-format=cyclonedx', '--package-lock-only'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** Without where npm would fetch it: a registry may be anyone's own. */
function withoutSource({ externalReferences = [], ...one }) {
  const references = externalReferences.filter(({ type }) => type !== 'distribution');
  return { ...one, ...(references.length > 0 && { externalReferences: references }) };
}

const temporary = mkdtempSync(join(tmpdir(), 'netc-sbom-'));
try {
  // npm calls a project by its folder.
  const folder = join(temporary, 'netc');
  mkdirSync(folder);
  withoutDevelopment(folder);
  const { serialNumber: _, metadata, ...bom } = bomOf(folder);
  const { component, lifecycles } = metadata;
  const text = {
    ...bom,
    metadata: { lifecycles, component: withoutSource(component) },
    components: bom.components.map(withoutSource),
  };
  writeFileSync(target, `${JSON.stringify(text, null, 2)}\n`);
} finally {
  rmSync(temporary, { recursive: true });
}
