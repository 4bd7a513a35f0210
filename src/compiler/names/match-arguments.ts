import type { Report } from '../diagnostics/diagnostic.js';
import { type Span, textOf } from '../source/source.js';
import type { Argument } from '../syntax/ast.js';
import { parameterNames, type Signature } from '../values/callable.js';

export interface Match {
  readonly parameter: string;
  readonly argument: Argument;
}

/**
 * Which parameter each argument is for (blocks-2). Positions are the declaration's, whatever was given before.
 * Reports what does not fit; undefined if anything does not.
 */
export function matchArguments(
  signature: Signature,
  given: (parameter: string) => Span | undefined,
  args: readonly Argument[],
  report: Report,
): readonly Match[] | undefined {
  const { name: callee, parameters, onlyInputs } = signature;
  const [first] = args;
  if (first && parameters.length === 0) {
    const facts = { callee, onlyInputs, given: args.length, fed: tensorsIn(args) };
    report('NET0304', first.span, facts);
    return undefined;
  }
  const matches: Match[] = [];
  const here = new Map<string, Span>();
  const { order: names, all } = parameterNames(signature);
  const written = new Set(args.map((each) => each.name?.text));
  const free = (): string | null =>
    names.find((name) => !here.has(name) && !given(name) && !written.has(name)) ?? null;
  let named = false;
  args.forEach((argument, position) => {
    named ||= argument.name !== null;
    const { span, value } = argument;
    const parameter = argument.name?.text ?? names[position];
    const earlier = parameter && given(parameter);
    const before = parameter && (here.get(parameter) ?? earlier);
    if (argument.name && !all.has(argument.name.text)) {
      const name = argument.name.span;
      report('NET0201', name, { kind: 'block', callee, parameters: names });
    } else if (!argument.name && named) {
      report('NET0203', span, { free: free() });
    } else if (parameter === undefined) {
      const previous = args[position - 1]?.span ?? span;
      report('NET0204', span, { kind: 'block', callee, parameters: names, previous });
    } else if (before) {
      report('NET0202', span, {
        ...{ callee, parameter, parameters, first: before, free: free() },
        isEarlierCall: earlier !== undefined,
        isNamed: argument.name !== null,
        isName: value.kind === 'name',
      });
    } else {
      here.set(parameter, span);
      matches.push({ parameter, argument });
    }
  });
  return matches.length === args.length ? matches : undefined;
}

/** What may be tensors that were passed as to a function, as an arrow would bring them. */
function tensorsIn(args: readonly Argument[]): string | undefined {
  const mayBe = ({ name, value }: Argument): boolean =>
    !name && ['name', 'list', 'arrow', 'entry', 'bracket'].includes(value.kind);
  if (!args.every(mayBe)) return undefined;
  const texts = args.map(({ span }) => textOf(span));
  return texts.length === 1 ? texts[0] : `(${texts.join(', ')})`;
}
