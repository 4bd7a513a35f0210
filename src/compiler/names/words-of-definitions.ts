import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { instead, way } from '../expand/ways-out.js';
import type { ModelDefinition, Parameter, VariantDefinition } from '../syntax/ast.js';

// What is said of the heads of definitions, and of models as a whole.

export function noOutput({ name, body }: ModelDefinition): DiagnosticParts {
  const parts = { message: `${name.text} has no output`, span: name.span };
  const last = body.statements.at(-1);
  if (last?.kind !== 'let' || last.pattern.bracketed)
    return { ...parts, ...way('add a line `output mask = ...`') };
  // The last line of a model is often the output that was bound by `let`.
  const span = { ...last.span, end: last.span.start + 'let'.length };
  const line = `output ${last.pattern.names[0]?.text} = ...`;
  return { ...parts, ...instead(span, 'output', `make the last line one: \`${line}\``) };
}

/** A parameter without a default behind `optional`, which has one. */
export function notOptional(
  parameters: readonly Parameter[],
  at: number,
  optional: Parameter,
): DiagnosticParts {
  const { name, span } = parameters[at]!;
  const gap = { ...span, start: parameters[at - 1]!.span.end };
  return {
    message: `${name.text} has no default and stands after ${optional.name.text}, which has one`,
    span: name.span,
    related: [{ span: optional.span, message: 'it may be left out' }],
    suggestion: {
      message: `put ${name.text} before ${optional.name.text}, or give it a default`,
      edits: [
        { span: { ...optional.span, end: optional.span.start }, text: `${name.text}, ` },
        { span: gap, text: '' },
      ],
    },
  };
}

/** A variant of something else than a model; `block` is its name where it is a block. */
export function noModel(
  { name, value }: VariantDefinition,
  block: string | undefined,
): DiagnosticParts {
  const message = `a variant is a model with arguments, \`model ${name.text} = M(...)\``;
  const what = block === undefined ? 'give' : `${block} is a block: give`;
  const out = way(`${what} a model a body, \`model ${name.text} { ... }\``);
  return { message, span: value.span, ...out };
}
