import { type ByteCursor, type Pickled, PickleError, Refusal } from './pickled.js';

/** What a pickle may name. Both throw `Refusal` on what is not known to be harmless. */
export interface Names {
  /** The global `module.name`. */
  readonly global: (name: string) => Pickled;
  /** What stands outside the pickle, such as the numbers of a tensor. */
  readonly persistent: (id: Pickled) => Pickled;
}

/** A function that a pickle may call: it makes a value from values, and does nothing else. */
export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: readonly Pickled[]) => Pickled,
  ) {}
}

const text = new TextDecoder('utf-8', { fatal: true });
const latin = new TextDecoder('latin1');
/** Longer whole numbers than any that describes a tensor. */
const longestNumber = 64;
const mark = Symbol('mark');

/**
 * Reads the pickle that begins at `cursor` and leaves the cursor behind it. Pickles are programs for a stack machine;
 * this one has no instruction that imports, looks up an attribute or calls what `names` did not make. Shared parts stay
 * shared, so that no small pickle grows. Throws `PickleError` on a damaged one, `Refusal` on one that wants more.
 */
export function unpickle(cursor: ByteCursor, names: Names): Pickled {
  const machine = new Machine(cursor, names);
  for (;;) {
    const code = cursor.byte();
    if (code === stop) return machine.pop();
    const run = instructions[code];
    if (!run) throw new Refusal(`the pickle instruction ${printCode(code)}`);
    run(machine);
  }
}

const stop = '.'.charCodeAt(0);
const printCode = (code: number): string => `0x${code.toString(16).padStart(2, '0')}`;

class Machine {
  readonly #stack: (Pickled | typeof mark)[] = [];
  readonly #memo = new Map<number, Pickled>();

  constructor(
    readonly in_: ByteCursor,
    readonly names: Names,
  ) {}

  push(value: Pickled | typeof mark): void {
    this.#stack.push(value);
  }

  pop(): Pickled {
    const value = this.#stack.pop();
    if (value === undefined || value === mark) throw new PickleError('its stack is empty');
    return value;
  }

  top(): Pickled {
    const value = this.pop();
    this.push(value);
    return value;
  }

  /** All above the last mark, which goes too. */
  popToMark(): Pickled[] {
    const at = this.#stack.lastIndexOf(mark);
    if (at < 0) throw new PickleError('a mark is missing');
    const values = this.#stack.splice(at + 1) as Pickled[];
    this.#stack.pop();
    return values;
  }

  /** The top `count` values, in the order they were pushed. */
  popSeveral(count: number): Pickled[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  remember(key: number): void {
    this.#memo.set(key, this.top());
  }

  rememberNext(): void {
    this.remember(this.#memo.size);
  }

  recall(key: number): void {
    const value = this.#memo.get(key);
    if (value === undefined) throw new PickleError(`it recalls ${key}, which it never kept`);
    this.push(value);
  }

  call(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(callee instanceof Callable)) throw new Refusal('a call of what is no function');
    if (!Array.isArray(args)) throw new PickleError('the arguments of a call are no tuple');
    this.push(callee.call(args));
  }

  /** Sets attributes of the top value: of a dictionary they are left out, nothing else may have any. */
  build(): void {
    this.pop();
    if (!(this.top() instanceof Map)) throw new Refusal('an object with a state of its own');
  }

  append(values: readonly Pickled[]): void {
    const list = this.top();
    if (!Array.isArray(list)) throw new Refusal('an append to what is no list');
    for (const value of values) list.push(value);
  }

  set(items: readonly Pickled[]): void {
    const map = this.top();
    if (!(map instanceof Map)) throw new Refusal('an item of what is no dictionary');
    put(map, items);
  }
}

function put(map: Map<Pickled, Pickled>, items: readonly Pickled[]): Map<Pickled, Pickled> {
  if (items.length % 2 !== 0) throw new PickleError('a key has no value');
  for (let i = 0; i < items.length; i += 2) map.set(items[i]!, items[i + 1]!);
  return map;
}

type Instruction = (machine: Machine) => void;

/** A little-endian whole number in two's complement. */
function longOf(bytes: Uint8Array): number | bigint {
  if (bytes.length > longestNumber) throw new PickleError(`a number has ${bytes.length} bytes`);
  let value = 0n;
  for (const byte of [...bytes].reverse()) value = (value << 8n) | BigInt(byte);
  const signed = BigInt.asIntN(Math.max(8 * bytes.length, 1), value);
  return asNumber(signed);
}

const asNumber = (value: bigint): number | bigint =>
  Number.isSafeInteger(Number(value)) ? Number(value) : value;

function decimal(line: string): number | bigint | boolean {
  if (line === '00') return false;
  if (line === '01') return true;
  const digits = line.replace(/L$/, '');
  if (!/^-?\d+$/.test(digits) || digits.length > longestNumber) {
    throw new PickleError(`${JSON.stringify(line.slice(0, 20))} is no number`);
  }
  return asNumber(BigInt(digits));
}

const pushing =
  (read: (cursor: ByteCursor) => Pickled): Instruction =>
  (machine) =>
    machine.push(read(machine.in_));

const utf8 = (bytes: Uint8Array): string => {
  try {
    return text.decode(bytes);
  } catch {
    throw new PickleError('a text is no UTF-8');
  }
};

function textOf(value: Pickled): string {
  if (typeof value === 'string') return value;
  throw new PickleError('a name is no text');
}

const named: Readonly<Record<string, Instruction>> = {
  '(': (m) => m.push(mark),
  '0': (m) => void m.pop(),
  '1': (m) => void m.popToMark(),
  '2': (m) => m.push(m.top()),
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: pushing((c) => decimal(c.line())),
  L: pushing((c) => decimal(c.line())),
  J: pushing((c) => c.int32()),
  K: pushing((c) => c.byte()),
  M: pushing((c) => c.uint(2)),
  '\x8a': pushing((c) => longOf(c.take(c.byte()))),
  '\x8b': pushing((c) => longOf(c.take(c.uint(4)))),
  F: pushing((c) => Number(c.line())),
  G: pushing((c) => c.float64()),
  T: pushing((c) => latin.decode(c.take(c.uint(4)))),
  U: pushing((c) => latin.decode(c.take(c.byte()))),
  V: pushing((c) => c.line()),
  X: pushing((c) => utf8(c.take(c.uint(4)))),
  '\x8c': pushing((c) => utf8(c.take(c.byte()))),
  '\x8d': pushing((c) => utf8(c.take(c.uint(8)))),
  B: pushing((c) => c.take(c.uint(4))),
  C: pushing((c) => c.take(c.byte())),
  '\x8e': pushing((c) => c.take(c.uint(8))),
  ']': (m) => m.push([]),
  l: (m) => m.push(m.popToMark()),
  a: (m) => m.append([m.pop()]),
  e: (m) => m.append(m.popToMark()),
  ')': (m) => m.push([]),
  t: (m) => m.push(m.popToMark()),
  '\x85': (m) => m.push(m.popSeveral(1)),
  '\x86': (m) => m.push(m.popSeveral(2)),
  '\x87': (m) => m.push(m.popSeveral(3)),
  '}': (m) => m.push(new Map()),
  d: (m) => m.push(put(new Map(), m.popToMark())),
  s: (m) => m.set(m.popSeveral(2)),
  u: (m) => m.set(m.popToMark()),
  '\x8f': (m) => m.push([]),
  '\x90': (m) => m.append(m.popToMark()),
  '\x91': (m) => m.push(m.popToMark()),
  p: (m) => m.remember(m.in_.index()),
  q: (m) => m.remember(m.in_.byte()),
  r: (m) => m.remember(m.in_.uint(4)),
  '\x94': (m) => m.rememberNext(),
  g: (m) => m.recall(m.in_.index()),
  h: (m) => m.recall(m.in_.byte()),
  j: (m) => m.recall(m.in_.uint(4)),
  c: (m) => m.push(m.names.global(`${m.in_.line()}.${m.in_.line()}`)),
  '\x93': (m) => m.push(m.names.global(m.popSeveral(2).map(textOf).join('.'))),
  R: (m) => m.call(),
  '\x81': (m) => m.call(),
  b: (m) => m.build(),
  P: (m) => m.push(m.names.persistent(m.in_.line())),
  Q: (m) => m.push(m.names.persistent(m.pop())),
  '\x80': (m) => void m.in_.byte(),
  '\x95': (m) => void m.in_.uint(8),
};

/** By the byte that stands for each; those of protocols 0 to 5 that make plain values, and no others. */
const instructions: readonly (Instruction | undefined)[] = Array.from(
  { length: 256 },
  (_, code) => named[String.fromCharCode(code)],
);
