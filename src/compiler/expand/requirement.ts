import type { DiagnosticParts } from '../diagnostics/diagnostic.js';
import { positionAt } from '../source/source.js';
import type { Expression, Statement } from '../syntax/ast.js';
import { attributeOf } from './attributes.js';
import { type Frame, lookup } from './expansion.js';
import { printValue } from './values.js';
import { textOf } from './ways-out.js';

type Requirement = Extract<Statement, { kind: 'require' }>;

/** A requirement that is not met, with the values it was asked of and where they can be changed. */
export function unmet({ condition, message, span }: Requirement, frame: Frame): DiagnosticParts {
  const values = new Map(valuesIn(condition, frame));
  const label = [...values].map(([text, value]) => `${text} is ${value}`).join(', ');
  return { message, span, label, suggestion: { message: change([...values.keys()], frame) } };
}

function change(names: readonly string[], { origin }: Frame): string {
  const what = names.length === 0 ? 'other arguments' : `another ${names.join(' or ')}`;
  if (!origin) return `give ${what}, as by --set ${names[0] ?? 'parameter'}=...`;
  const { line } = positionAt(origin.site.file, origin.site.start);
  return `give ${what} where ${origin.block} is applied, ${origin.site.file.path}:${line}`;
}

/** The names and attributes of a condition with what they are. */
function valuesIn(e: Expression, frame: Frame): (readonly [string, string])[] {
  switch (e.kind) {
    case 'name': {
      const value = lookup(e, frame);
      return value.kind === 'poison' ? [] : [[e.text, printValue(value)]];
    }
    case 'attribute': {
      if (e.value.kind !== 'name') return [];
      const value = attributeOf(lookup(e.value, frame), e.name.text);
      return 'code' in value ? [] : [[textOf(e.span), printValue(value)]];
    }
    case 'binary':
      return [e.left, e.right].flatMap((part) => valuesIn(part, frame));
    case 'unary':
      return valuesIn(e.operand, frame);
    case 'bracket':
      return valuesIn(e.value, frame);
    case 'call':
      return e.args.flatMap(({ value }) => valuesIn(value, frame));
    default:
      return [];
  }
}
