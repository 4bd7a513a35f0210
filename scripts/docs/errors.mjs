const head = `# Errors and warnings

Every error has a code, which never gets another meaning. \`netc explain\` lists the codes, and \`netc explain NET0402\` shows the
entry of one. For each code, this page shows a wrong text, what netc says about it, and the corrected text. It is made from
the same explanations by \`npm run docs\`.

With \`--json\` a command prints them as data: \`{"diagnostics": [...]}\`. Each has \`code\`, \`severity\`, \`title\`, \`message\`, its place (\`file\`, and from 1 \`line\`, \`column\`, \`endLine\`, \`endColumn\`),
and \`facts\`: the names, numbers, texts and places that the message is made of. No program has to read the sentence, whose words may change; which facts there are depends on the code, and
on \`kind\` where a code has several. NET0309 below has \`{"found": {"kind": "number", "value": 8}, "line": {"file": "my.net", "line": 3, ...}}\`. Where there are any, \`suggestion\`, \`edits\` (texts in place of others),
\`otherReading\`, \`related\` places and \`origin\`, the chain of applications, stand beside them.
`;

/** By the first two digits of a code. */
const chapters = {
  '00': 'Text and syntax',
  '01': 'Names',
  '02': 'Configuration and values',
  '03': 'Application and instances',
  '04': 'Shapes and sizes',
  '05': 'Models and variants',
  '06': 'Experiments',
  '09': 'Warnings',
};

/** `docs/errors.md`, by its path, from the codes and their explanations. */
export function errorsPage(compiler) {
  const sections = Object.entries(chapters).flatMap(([digits, title]) => {
    const known = Object.keys(compiler.explanations)
      .filter((code) => code.startsWith(`NET${digits}`))
      .sort();
    return known.length === 0
      ? []
      : [`## ${title}`, ...known.map((code) => sectionOf(code, compiler))];
  });
  return { 'docs/errors.md': `${[head.trim(), ...sections].join('\n\n')}\n` };
}

/** The first and the last lines of what fills pages. */
function shortened(text) {
  const lines = text.split('\n');
  return lines.length < 80 ? text : [...lines.slice(0, 12), '...', ...lines.slice(-13)].join('\n');
}

function sectionOf(
  code,
  { codes, explanations, exampleName, exampleDiagnostics, renderDiagnostics },
) {
  const page = explanations[code];
  const name = exampleName(page.wrong);
  const isNet = name.endsWith('.net');
  const { title, severity } = codes[code];
  const wrongLabel = isNet && severity === 'error' ? `net error ${code}` : 'text';
  const said = renderDiagnostics(exampleDiagnostics(page.wrong, page), {
    colour: false,
    width: 100,
  });
  const beside = Object.entries(page.files ?? {}).flatMap(([path, text]) => [
    `With this file beside it, \`${path}\`:`,
    fenced('text', text),
  ]);
  return [
    `### ${code}: ${title}`,
    page.meaning.replace(/rule (\w+-\d+) of the reference/, 'rule [$1](reference.md#$1)'),
    fenced(wrongLabel, page.wrong),
    fenced('text', shortened(said)),
    fenced(isNet ? 'net' : 'text', page.right),
    ...beside,
  ].join('\n\n');
}

const fenced = (label, text) => ['```', label, '\n', text.trimEnd(), '\n```'].join('');
