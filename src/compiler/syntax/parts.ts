import type { Expression } from './ast.js';

/** The expressions right inside `e`, in the order of the text; what stands in braces is left out. */
export function partsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'several':
      return e.values;
    case 'list':
      return e.items.map(({ value }) => value);
    case 'bracket':
    case 'attribute':
      return [e.value];
    case 'unary':
      return [e.operand];
    case 'binary':
      return [e.left, e.right];
    case 'call':
      return [e.callee, ...e.args.map(({ value }) => value)];
    case 'entry':
      return [e.list, e.index];
    case 'arrow':
      return [e.from, ...(e.stage.args ?? []).map(({ value }) => value)];
    case 'if':
      return [e.condition];
    case 'for':
      return e.fold ? [e.list, e.fold.start] : [e.list];
    case 'repeat':
      return [e.count, e.fold.start];
    default:
      return [];
  }
}
