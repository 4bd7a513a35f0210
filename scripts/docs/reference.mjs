import { builtinTables } from './builtin-tables.mjs';
import { table, withParts } from './marked-parts.mjs';

const path = 'docs/reference.md';

/** The reference with its generated parts: grammar, built-ins, standard blocks and codes. */
export function reference(compiler, read) {
  const page = read(path);
  const written = page.replace(/<!-- generated: [\s\S]*?<!-- end -->/g, '');
  const parts = {
    grammar: `\`\`\`ebnf\n${read('grammar/netc.ebnf').trim()}\n\`\`\``,
    ...builtinTables(compiler),
    functions: functionTable(compiler),
    standard: standardBlocks(compiler, read),
    codes: codeTable(compiler, written),
  };
  return { [path]: withParts(page, parts) };
}

function functionTable({ functions, attributes }) {
  const call = (name, count) => `\`${name}(${['x', 'y'].slice(0, count).join(', ')})\``;
  const signature = ({ name, arity: [least, most] }) => {
    if (most === Number.POSITIVE_INFINITY) return `\`${name}(x, ...)\``;
    return least === most ? call(name, most) : `${call(name, least)}, ${call(name, most)}`;
  };
  const called = [...functions.values()].map((f) => [signature(f), f.summary]);
  const meant = {
    length: 'The number of its entries.',
    first: 'Its first entry.',
    last: 'Its last entry.',
    rest: 'All but its first entry.',
    reversed: 'Its entries from the last to the first.',
    channels: 'How many channels it has.',
  };
  const had = Object.entries(attributes).flatMap(([owner, names]) =>
    names.map((name) => [`\`.${name}\` of a ${owner}`, meant[name]]),
  );
  return table(['', ''], [...called, ...had]);
}

/** Files of models/lib with the signature and the `///` lines of each block. */
function standardBlocks({ parseFile, Diagnostics }, read) {
  return ['units', 'skips', 'shapes']
    .map((name) => {
      const file = `models/lib/${name}.net`;
      const text = read(file);
      const { definitions } = parseFile({ path: file, text }, new Diagnostics());
      const rows = definitions.map(({ span, body, doc, name }) => {
        if (!doc) throw new Error(`${file}: ${name.text} has no /// lines`);
        const head = text.slice(span.start, body.span.start).replace(/^block\s+/, '');
        return [`\`${head.trim()}\``, doc];
      });
      return `### \`${file}\`\n\n${table(['block (inputs)', ''], rows)}`;
    })
    .join('\n\n');
}

/** All codes, each with the first rule that names it. */
function codeTable({ codes }, written) {
  const named = new Map();
  let rule = '';
  for (const line of written.split('\n')) {
    rule = /^<a id="([a-z]+-\d+)">/.exec(line)?.[1] ?? rule;
    for (const [code] of line.matchAll(/NET\d{4}/g)) {
      if (!(code in codes)) throw new Error(`${path} names ${code}, which does not exist`);
      if (!named.has(code)) named.set(code, rule);
    }
  }
  const rows = Object.entries(codes)
    .sort()
    .map(([code, { title, severity }]) => [
      code,
      severity === 'warning' ? `${title} (warning)` : title,
      named.has(code) ? `[${named.get(code)}](#${named.get(code)})` : '',
    ]);
  return table(['code', '', 'rule'], rows);
}
