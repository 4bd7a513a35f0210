// `npm run sbom [FILE]` writes a bill of materials (CycloneDX, JSON) of what npm installs with netc, by the lock file: for a
// release, dist/sbom.cdx.json goes into the package. The same lock file gives the same text: what npm adds of this moment and
// of this machine is taken out.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [, , target = join(root, 'dist/sbom.cdx.json')] = process.argv;

const flags = ['--sbom-format=cyclonedx', '--package-lock-only', '--omit=dev'];
const isWindows = process.platform === 'win32';
const { status, stdout, stderr } = spawnSync('npm', ['sbom', ...flags], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 2 ** 26,
  shell: isWindows,
});
if (status !== 0) throw new Error(stderr);

const { serialNumber: _, metadata, ...bom } = JSON.parse(stdout);
const { component, lifecycles } = metadata;
/** Where npm would fetch it: a registry may be anyone's own. */
const withoutSource = ({ externalReferences = [], ...one }) => {
  const references = externalReferences.filter(({ type }) => type !== 'distribution');
  return { ...one, ...(references.length > 0 && { externalReferences: references }) };
};
const text = {
  ...bom,
  // npm calls a checkout by its folder.
  metadata: {
    lifecycles,
    component: { ...withoutSource(component), name: component['bom-ref'].replace(/@[^@]*$/, '') },
  },
  components: bom.components.map(withoutSource),
};
writeFileSync(target, `${JSON.stringify(text, null, 2)}\n`);
