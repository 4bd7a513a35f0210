import { type InForce, parametersInForce } from '../../expand/in-force.js';
import type { Overrides } from '../../expand/overrides.js';
import type { ChosenModel } from '../../names/variants.js';
import type { Span } from '../../source/source.js';
import { type Closure, type Copy, closureOf } from './closure.js';

const lineWidth = 100;

/**
 * A model as one `.net` text that imports nothing: the blocks that it names as they are written, and the arguments of
 * variants and of `--set` in the place of its defaults. It compiles to the same graph, its paths too, unless two files have
 * blocks of one name: the second gets another, and so do the paths of what applies it by that name.
 */
export function printSource(chosen: ChosenModel, overrides: Overrides): string {
  const parameters = parametersInForce(chosen, overrides);
  const closure = closureOf(chosen, parameters);
  const names = namesOf(closure, chosen.name);
  const text = (span: Span): string => renamed(span, closure, names);
  const blocks = closure.copies.map((copy) => {
    const { definition } = copy;
    const { span, name, doc } = definition;
    const [head, tail] = [
      { ...span, end: name.span.start },
      { ...span, start: name.span.end },
    ];
    return `${docLines(doc)}${text(head)}${names.get(copy)}${text(tail)}`;
  });
  const { definition, main, name } = chosen;
  const list = parameterList(parameters, text);
  const own = main.definitions.get(name)?.doc ?? definition.doc;
  const model = `${docLines(own)}model ${name}${headed(name, list)} ${text(definition.body.span)}`;
  const about = `// ${name} of ${main.path}, with all that it is made of and every argument in place.`;
  return `${[about, ...blocks, model].join('\n\n')}\n`;
}

const docLines = (doc: string | null): string =>
  doc === null
    ? ''
    : doc
        .split('\n')
        .map((line) => `${`/// ${line}`.trimEnd()}\n`)
        .join('');

/** A name of its own for each block: the one it is known by, unless another block or a parameter has that. */
function namesOf({ copies, bound }: Closure, model: string): ReadonlyMap<Copy, string> {
  const taken = new Set([...bound, model]);
  const names = new Map<Copy, string>();
  for (const copy of copies) {
    let name = copy.written;
    for (let n = 2; taken.has(name); n++) name = `${copy.written}${n}`;
    taken.add(name);
    names.set(copy, name);
  }
  return names;
}

/** The text of `span`, each block in it by its new name. */
function renamed(span: Span, { meant }: Closure, names: ReadonlyMap<Copy, string>): string {
  const { file, start, end } = span;
  const within = [...meant]
    .filter(([place]) => place.file === file && place.start >= start && place.end <= end)
    .sort(([a], [b]) => a.start - b.start);
  let text = '';
  let at = start;
  for (const [place, copy] of within) {
    text += file.text.slice(at, place.start) + names.get(copy);
    at = place.end;
  }
  return text + file.text.slice(at, end);
}

function parameterList(
  parameters: readonly InForce[],
  text: (span: Span) => string,
): readonly string[] {
  return parameters.map(({ parameter: { name }, value }) =>
    value ? `${name.text} = ${text(value.span)}` : name.text,
  );
}

/** The list behind the model's name, on one line where that is not too long. */
function headed(name: string, list: readonly string[]): string {
  if (list.length === 0) return '';
  const line = `(${list.join(', ')})`;
  if (`model ${name}${line} {`.length <= lineWidth) return line;
  return `(\n${list.map((each) => `  ${each}`).join(',\n')}\n)`;
}
