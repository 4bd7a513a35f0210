import type {
  ArrowExpression,
  CallExpression,
  Expression,
  ForExpression,
  IfExpression,
  RepeatExpression,
} from '../syntax/ast.js';
import { partsOf } from '../syntax/parts.js';
import { calleeOf } from './callee.js';
import { bindPattern, Names, walkBody } from './names.js';
import type { Collector } from './uses.js';

/** Notes the names of an expression and of the braces in it. */
export function walkExpression(c: Collector, e: Expression, names: Names): void {
  switch (e.kind) {
    case 'name':
      c.use(e.text, e.span, names);
      return;
    case 'call':
      walkCall(c, e, names);
      return;
    case 'arrow':
      walkArrow(c, e, names);
      return;
    case 'attribute':
      walkExpression(c, e.value, names);
      c.note(e.name.span, { kind: 'attribute', name: e.name.text });
      return;
    case 'if':
      walkIf(c, e, names);
      return;
    case 'for':
    case 'repeat':
      walkLoop(c, e, names);
      return;
    default:
      for (const part of partsOf(e)) walkExpression(c, part, names);
  }
}

function walkCall(c: Collector, e: CallExpression, names: Names): void {
  walkExpression(c, e.callee, names);
  c.arguments(
    calleeOf(e.callee, c.module, (name) => names.find(name)),
    e.args,
  );
  for (const { value } of e.args) walkExpression(c, value, names);
}

function walkArrow(c: Collector, e: ArrowExpression, names: Names): void {
  const { from, stage } = e;
  const { name, args, as } = stage;
  walkExpression(c, from, names);
  c.use(name.text, name.span, names, e);
  const head: Expression = { kind: 'name', text: name.text, span: name.span };
  c.arguments(
    calleeOf(head, c.module, (text) => names.find(text)),
    args ?? [],
  );
  for (const { value } of args ?? []) walkExpression(c, value, names);
  if (as) c.note(as.span, { kind: 'instance', name: as }, true, { arrow: e });
}

function walkIf(c: Collector, e: IfExpression, names: Names): void {
  walkExpression(c, e.condition, names);
  walkBody(c, e.then, new Names(e.then.span, names, c.regions));
  if ('statements' in e.else) walkBody(c, e.else, new Names(e.else.span, names, c.regions));
  else walkIf(c, e.else, names);
}

function walkLoop(c: Collector, e: ForExpression | RepeatExpression, names: Names): void {
  walkExpression(c, e.kind === 'for' ? e.list : e.count, names);
  if (e.fold) walkExpression(c, e.fold.start, names);
  const { span } = e.body;
  const inner = new Names(span, names, c.regions);
  if (e.kind === 'for') c.bind(e.variable, 'variable', null, inner, span.start);
  if (e.fold) bindPattern(c, e.fold.pattern, 'state', e.fold.start, inner, span.start);
  walkBody(c, e.body, inner);
}
