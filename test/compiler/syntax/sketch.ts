import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import type {
  Argument,
  Body,
  Definition,
  Expression,
  File,
  Fold,
  Parameter,
  Pattern,
  Statement,
} from '../../../src/compiler/syntax/ast.js';
import { parseExpression, parseFile } from '../../../src/compiler/syntax/parse.js';

/** Parses a file and gives its tree with the codes of its errors, in the order of position. */
export function parse(text: string): { file: File; codes: string[]; messages: string[] } {
  const diagnostics = new Diagnostics();
  const file = parseFile({ path: 'test.net', text }, diagnostics);
  const all = diagnostics.all();
  return { file, codes: all.map((d) => d.code), messages: all.map((d) => d.message) };
}

/** Parses an expression that must be without errors and writes it with all its brackets. */
export function sketchOf(text: string): string {
  const diagnostics = new Diagnostics();
  const value = parseExpression({ path: '--set', text }, diagnostics);
  const errors = diagnostics.all().map((d) => d.message);
  if (errors.length > 0) throw new Error(`${text}: ${errors.join('; ')}`);
  return sketch(value);
}

const list = (items: readonly string[]): string => items.join(', ');

/** A tree as text in which every operation, call and arrow has round brackets of its own. */
export function sketch(e: Expression): string {
  switch (e.kind) {
    case 'number':
    case 'boolean':
      return String(e.value);
    case 'string':
      return JSON.stringify(e.value);
    case 'name':
      return e.text;
    case 'several':
      return `<${list(e.values.map(sketch))}>`;
    case 'bracket':
      return sketch(e.value);
    case 'list':
      return `[${list(e.items.map((item) => (item.spread ? '...' : '') + sketch(item.value)))}]`;
    case 'unary':
      return `(${e.operator} ${sketch(e.operand)})`;
    case 'binary':
      return `(${sketch(e.left)} ${e.operator} ${sketch(e.right)})`;
    case 'call':
      return `(${sketch(e.callee)} call ${args(e.args)})`;
    case 'entry':
      return `(${sketch(e.list)} at ${sketch(e.index)})`;
    case 'attribute':
      return `(${sketch(e.value)} . ${e.name.text})`;
    case 'arrow': {
      const { name, args: given, as } = e.stage;
      const named = as ? ` as ${as.text}` : '';
      return `(${sketch(e.from)} -> ${name.text}${given ? args(given) : ''}${named})`;
    }
    case 'if': {
      const otherwise = 'kind' in e.else ? sketch(e.else) : sketchBody(e.else);
      return `(if ${sketch(e.condition)} ${sketchBody(e.then)} else ${otherwise})`;
    }
    case 'for': {
      const loop = `for ${e.variable.text} in ${sketch(e.list)}`;
      return `(${loop}${e.fold ? fold(e.fold) : ''} ${sketchBody(e.body)})`;
    }
    case 'repeat':
      return `(repeat ${sketch(e.count)}${fold(e.fold)} ${sketchBody(e.body)})`;
    case 'missing':
      return '?';
  }
}

const args = (given: readonly Argument[]): string =>
  `{${list(given.map(({ name, value }) => (name ? `${name.text}: ` : '') + sketch(value)))}}`;

const fold = ({ pattern: bound, start }: Fold): string =>
  ` with ${pattern(bound)} = ${sketch(start)}`;

const pattern = ({ names, bracketed }: Pattern): string =>
  bracketed ? `<${list(names.map((name) => name.text))}>` : names[0]!.text;

export const sketchBody = (body: Body): string =>
  `{${body.statements.map(sketchStatement).join('; ')}}`;

export function sketchStatement(s: Statement): string {
  switch (s.kind) {
    case 'input':
      return `input ${s.name.text}: ${sketch(s.shape)}`;
    case 'output':
    case 'shared':
      return `${s.kind} ${s.name.text} = ${sketch(s.value)}`;
    case 'let':
      return `let ${pattern(s.pattern)} = ${sketch(s.value)}`;
    case 'require':
      return `require ${sketch(s.condition)} "${s.message}"`;
    case 'result':
      return sketch(s.value);
  }
}

const parameters = (given: readonly Parameter[]): string =>
  list(given.map((p) => p.name.text + (p.fallback ? ` = ${sketch(p.fallback)}` : '')));

export function sketchDefinition(d: Definition): string {
  switch (d.kind) {
    case 'block': {
      const configuration = d.parameters ? `(${parameters(d.parameters)}) ` : '';
      return `block ${d.name.text}${configuration}(${parameters(d.inputs)}) ${sketchBody(d.body)}`;
    }
    case 'model':
      return `model ${d.name.text}(${parameters(d.parameters)}) ${sketchBody(d.body)}`;
    case 'variant':
      return `model ${d.name.text} = ${sketch(d.value)}`;
    case 'missing':
      return `missing ${d.name.text}`;
  }
}

/** The definitions of a text that must be without errors. */
export function definitionsOf(text: string): string[] {
  const { file, messages } = parse(text);
  if (messages.length > 0) throw new Error(messages.join('; '));
  return file.definitions.map(sketchDefinition);
}
