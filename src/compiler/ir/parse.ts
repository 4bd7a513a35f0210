import type { AttributeKind, OpDefinition } from '../ops/definition.js';
import { isOpName, ops } from '../ops/registry.js';
import type { Residue } from '../sizes/residue.js';
import { parseSize, type Size } from '../sizes/size.js';
import type {
  Attribute,
  Attributes,
  Graph,
  Input,
  Node,
  Output,
  TensorType,
  Update,
  Value,
  Variable,
} from './graph.js';
import type { Initializer } from './initializer.js';

/** A text that is no graph; the message begins with the line's number. */
export class GraphSyntaxError extends Error {}

/** Reads what `print` wrote. Origins are not read back: nodes have none. */
export function parse(text: string): Graph {
  const reader = new GraphReader();
  text.split('\n').forEach((line, i) => {
    try {
      if (line !== '') reader.read(line);
    } catch (error) {
      if (!(error instanceof GraphSyntaxError)) throw error;
      throw new GraphSyntaxError(`line ${i + 1}: ${error.message}`);
    }
  });
  return reader.graph();
}

const fail = (message: string): never => {
  throw new GraphSyntaxError(message);
};

/** The groups of `pattern` in all of `text`. */
function groups(pattern: RegExp, text: string, wanted: string): readonly (string | undefined)[] {
  const match = pattern.exec(text) ?? fail(`${wanted} is wanted, not "${text}"`);
  return match.slice(1);
}

class GraphReader {
  #name = '';
  #symbols: readonly Residue[] = [];
  readonly #inputs: Input[] = [];
  readonly #variables: Variable[] = [];
  readonly #nodes: Node[] = [];
  readonly #outputs: Output[] = [];
  readonly #updates: Update[] = [];
  readonly #values = new Map<string, Value>();

  read(line: string): void {
    if (line.startsWith('%')) {
      this.#nodes.push(this.#node(line));
      return;
    }
    const [word, rest] = groups(/^(\w+) (.+)$/, line, 'a word and its line') as [string, string];
    switch (word) {
      case 'graph':
        this.#name = rest;
        return;
      case 'symbols':
        this.#symbols = rest.split(', ').map(parseResidue);
        return;
      case 'input': {
        const [name, value] = this.#named(rest);
        this.#inputs.push({ name, value: this.#define(value) });
        return;
      }
      case 'weight':
      case 'moment':
      case 'slot':
      case 'counter':
        this.#variables.push(this.#variable(word, rest));
        return;
      case 'output': {
        const [name, value] = this.#named(rest);
        this.#outputs.push({ name, value: this.#use(value) });
        return;
      }
      case 'update': {
        const [path, value] = this.#named(rest);
        this.#updates.push({ path, value: this.#use(value) });
        return;
      }
      default:
        fail(`"${word}" begins no line of a graph`);
    }
  }

  graph(): Graph {
    return {
      name: this.#name,
      symbols: this.#symbols,
      inputs: this.#inputs,
      variables: this.#variables,
      nodes: this.#nodes,
      outputs: this.#outputs,
      updates: this.#updates,
    };
  }

  #named(text: string): readonly [string, string] {
    return groups(/^(\S+) (.+)$/, text, 'a name and a value') as [string, string];
  }

  #variable(kind: Variable['kind'], text: string): Variable {
    const [path, rest] = this.#named(text);
    const [value, initial] = groups(/^(.+) = (.+)$/, rest, 'a value and its start');
    return { path, kind, initial: parseInitializer(initial!), value: this.#define(value!) };
  }

  #node(line: string): Node {
    const pattern = /^(.+?) = (\w+)\((.*?)\)(?: \{(.*)\})?(?: @ .*)?$/;
    const [results, name, operands, attributes] = groups(pattern, line, 'a node');
    if (!isOpName(name!)) return fail(`${name} is no operation`);
    const op: OpDefinition = ops[name];
    return {
      op,
      operands: operands === '' ? [] : operands!.split(', ').map((operand) => this.#use(operand)),
      attributes: parseAttributes(op, attributes ?? ''),
      results: results!.split(/, (?=%)/).map((result) => this.#define(result)),
      origin: null,
      phase: 'forward',
    };
  }

  #define(text: string): Value {
    const [id, type] = groups(/^%(\d+): (.+)$/, text, 'a value and its type');
    if (this.#values.has(`%${id}`)) fail(`%${id} is defined twice`);
    const value = { id: Number(id), type: parseType(type!) };
    this.#values.set(`%${id}`, value);
    return value;
  }

  #use(name: string): Value {
    return this.#values.get(name) ?? fail(`${name} is not defined yet`);
  }
}

function parseResidue(text: string): Residue {
  const pattern = /^([A-Z]\w*)(?: = (\d+)k(?: \+ (\d+))?)?$/;
  const [symbol, modulus, remainder] = groups(pattern, text, 'a symbol and its values');
  return { symbol: symbol!, modulus: Number(modulus ?? 1), remainder: Number(remainder ?? 0) };
}

function parseInitializer(text: string): Initializer {
  const pattern = /^(constant|normal|uniform|bilinear)\((.+)\)$/;
  const [kind, given] = groups(pattern, text, 'constant, normal, uniform or bilinear') as [
    Initializer['kind'],
    string,
  ];
  if (kind === 'bilinear') {
    const [rows, columns] = parseList(given, parseNumber);
    return { kind, factors: [rows!, columns!] };
  }
  const argument = parseNumber(given);
  return kind === 'constant' ? { kind, value: argument } : { kind, scale: argument };
}

function parseType(text: string): TensorType {
  const [dtype, sizes] = groups(/^(float|int)\[(.*)\]$/, text, 'a type') as [
    TensorType['dtype'],
    string,
  ];
  return { dtype, shape: parseSizes(sizes) };
}

const parseList = <T>(text: string, item: (text: string) => T): readonly T[] =>
  text === '' ? [] : text.split(', ').map(item);

const parseSizes = (text: string): readonly Size[] =>
  parseList(text, (size) => parseSize(size) ?? fail(`"${size}" is no size`));

function parseNumber(text: string): number {
  const number = Number(text);
  return text === '' || (Number.isNaN(number) && text !== 'NaN')
    ? fail(`"${text}" is no number`)
    : number;
}

const readers: Record<AttributeKind, (text: string) => Attribute> = {
  number: parseNumber,
  string: (text) => JSON.parse(text),
  boolean: (text) => text === 'true',
  numbers: (text) => parseList(text.slice(1, -1), parseNumber),
  sizes: (text) => parseSizes(text.slice(1, -1)),
};

function parseAttributes({ name: op, attributes: kinds }: OpDefinition, text: string): Attributes {
  const entry = /(\w+) = ("(?:[^"\\]|\\.)*"|\[[^\]]*\]|[^,]+)(?:, )?/y;
  const attributes: Record<string, Attribute> = {};
  while (entry.lastIndex < text.length) {
    const [, name, value] = entry.exec(text) ?? fail(`"${text}" is not a list of attributes`);
    if (!kinds[name!]) fail(`${op} has no attribute ${name}`);
    attributes[name!] = readers[kinds[name!]!](value!);
  }
  return attributes;
}
