// `npm run licences` writes THIRD-PARTY-LICENSES: every package that an installation may hold, with version, licence and
// text, from the lock file and node_modules. `--check` writes nothing, and ends with 1 where the file is behind.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { productionPackages } from './licences/packages.mjs';
import { textOf } from './licences/texts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const target = join(root, 'THIRD-PARTY-LICENSES');
const rule = '='.repeat(100);

const packages = productionPackages(
  JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')),
);

/** Texts in the order of the first package that has them. */
const numbers = new Map();
for (const one of packages) {
  const text = textOf(one, root);
  if (!numbers.has(text)) numbers.set(text, []);
  numbers.get(text).push(one);
}
const texts = [...numbers];
const numberOf = (one) => texts.findIndex(([, having]) => having.includes(one)) + 1;

const head = `Third-party licences

The packages that npm installs with netc, on any platform, and their licences. The code of chevrotain, of the packages
named @chevrotain/... and of lodash-es is part of netc's own package, in dist/bin, and so is, for the page of netc view, that of
CodeMirror and of @tensorflow/tfjs-core and -backend-wasm; every other package is installed beside it as its authors published it. docs/dependencies.md says what each direct dependency is for, and what the licence of libvips
means for you.

Made by \`npm run licences\` from package-lock.json. The number is that of the text below.
`;
const list = packages.map(
  (one) => `${String(numberOf(one)).padStart(4)}  ${one.name} ${one.version}  ${one.licence}`,
);
const sections = texts.map(([text, having], i) => {
  const names = having.map(({ name, version }) => `${name} ${version}`).join(', ');
  return `${rule}\n${i + 1}. ${names}\n${rule}\n\n${text}\n`;
});
const made = [head, `${list.join('\n')}\n`, ...sections].join('\n');

if (!process.argv.includes('--check')) writeFileSync(target, made);
else if (readFileSync(target, 'utf8') !== made) {
  console.error('THIRD-PARTY-LICENSES is behind: run npm run licences');
  process.exitCode = 1;
}
