import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The text of a package's licence: what it brings itself; else what its README says of it; else the licence's own words.
 * A package that is not on every machine has the words too, so that the same text comes out everywhere.
 */
export function textOf({ name, licence, folder, isBound }, root) {
  const path = join(root, folder);
  const own = isBound || !existsSync(path) ? undefined : (fromFiles(path) ?? fromReadme(path));
  return own ?? words(name, licence, isBound ? undefined : holderOf(path));
}

const isLicence = (name) => /^(licen[cs]e|copying|notice|copyright)/i.test(name);

function fromFiles(folder) {
  const files = readdirSync(folder, { withFileTypes: true });
  const names = files
    .filter((file) => file.isFile() && isLicence(file.name))
    .map(({ name }) => name);
  if (names.length === 0) return undefined;
  return names
    .sort()
    .map((name) => tidy(readFileSync(join(folder, name), 'utf8')))
    .join('\n\n');
}

/** Its section on the licence, where that grants something. */
function fromReadme(folder) {
  const name = readdirSync(folder).find((one) => /^readme/i.test(one));
  const text = name === undefined ? '' : tidy(readFileSync(join(folder, name), 'utf8'));
  const begin = text.search(/^(#+ *)?licen[cs]e\b.*$/im);
  if (begin < 0) return undefined;
  const section = text.slice(begin).replace(/^.*\n(?:[-=]+\n)?/, '');
  const end = section.search(/^#+ |^\[[^\]]+\]: /m);
  const found = section.slice(0, end < 0 ? undefined : end).trim();
  return /permission is hereby granted/i.test(found) ? found : undefined;
}

/** What each licence in an expression of SPDX says. */
function words(name, licence, holder) {
  const texts = licence.match(/[\w.-]+/g).filter((word) => !['AND', 'OR', 'WITH'].includes(word));
  const folder = fileURLToPath(new URL('.', import.meta.url));
  return texts
    .map((id) => {
      const path = join(folder, `${id}.txt`);
      if (!existsSync(path)) throw new Error(`${name} brings no text of ${id}: add ${path}`);
      const text = tidy(readFileSync(path, 'utf8'));
      return `${id}, in its standard form:\n\n${holder ? `Copyright (c) ${holder}\n\n` : ''}${text}`;
    })
    .join('\n\n');
}

/** Who wrote a package, as it says itself. */
function holderOf(folder) {
  const path = join(folder, 'package.json');
  if (!existsSync(path)) return undefined;
  const { author } = JSON.parse(readFileSync(path, 'utf8'));
  return (typeof author === 'string' ? author : author?.name)?.replace(/ *[<(].*/, '');
}

/** Without what differs between machines and hides that two texts are the same. */
const tidy = (text) =>
  text
    .replace(/^\ufeff/, '')
    .replaceAll('\r\n', '\n')
    .replace(/[ \t\f]+$/gm, '')
    .trim();
