import { fenceGrammar, textMateGrammar } from './textmate.mjs';

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** What editors read: TextMate grammars from the scanner's tokens, and the schema of experiments. */
export const editorFiles = (compiler) => ({
  'editors/vscode/syntaxes/netc.tmLanguage.json': json(textMateGrammar(compiler)),
  'editors/vscode/syntaxes/netc.markdown.tmLanguage.json': json(fenceGrammar),
  'editors/experiment.schema.json': json(experimentSchema(compiler)),
});

/** The schema with each section's kinds written out, as an editor wants it; netc checks kinds one by one. */
function experimentSchema({ schema, kinds }) {
  const properties = Object.entries(schema.properties).map(([name, section]) => {
    // Weights may be named by where they are from alone.
    if (name === 'weights') return [name, { ...section, type: ['object', 'string', 'null'] }];
    if (!kinds[name]) return [name, section];
    const { description, default: fallback } = section;
    // A loss may be named by its kind alone.
    const brief = name === 'loss' ? [{ enum: Object.keys(kinds[name]) }] : [];
    const anyOf = [...brief, ...Object.values(kinds[name])];
    return [name, { description, anyOf, ...(fallback === undefined ? {} : { default: fallback }) }];
  });
  return withNull({ ...schema, properties: Object.fromEntries(properties) });
}

/** `nullable` is a word of ajv's own; draft 7 lists null among the types or the values. */
function withNull(value) {
  if (Array.isArray(value)) return value.map(withNull);
  if (value === null || typeof value !== 'object') return value;
  const { nullable, ...rest } = value;
  const entries = Object.entries(rest).map(([key, inside]) => [key, withNull(inside)]);
  const plain = Object.fromEntries(entries);
  return nullable ? { ...plain, type: [...new Set([plain.type, 'null'].flat())] } : plain;
}
