import type { Value } from '../../ir/graph.js';
import { type Shape, sameSize } from '../../sizes/size.js';
import { placeOf } from '../layout.js';
import { freeName } from './names.js';
import { py } from './python/parse.js';
import { attribute, type Expression, made, name, tuple } from './python/tree.js';
import { sizeFrom, tells } from './sizes.js';

/** Batch, height and width. */
export type Axis = 0 | 1 | 2;

/** A tensor, and sizes read from it. */
export interface Sized {
  readonly code: Expression;
  readonly batch: Expression;
  /** Height and width, as one and as two arguments more. */
  readonly extent: Expression;
  readonly extents: readonly Expression[];
}

/** The values of a body: each is a name, or an expression waiting for its only use. */
export class Scope {
  /** Tensors of the body around this one that come in for their sizes alone. */
  readonly borrowed: Value[] = [];
  readonly #codes = new Map<number, Expression>();
  #images: readonly { readonly value: Value; readonly code: Expression }[] = [];

  /** `isStep` where the body is a part of the one around it, a step of a loop there. */
  constructor(
    readonly taken: Set<string>,
    readonly outer: Scope | null,
    readonly isStep: boolean,
  ) {}

  /** Gives a value the name it is known by from here on; what had the name before is out of reach. */
  bind(value: Value, text: string): void {
    const code = name(text);
    this.taken.add(text);
    this.#codes.set(value.id, code);
    this.#images = this.#images.filter((other) => other.code.text !== text);
    if (value.type.shape.length === 4) this.#images = [...this.#images, { value, code }];
  }

  wait(value: Value, code: Expression): void {
    this.#codes.set(value.id, code);
  }

  code({ id }: Value): Expression {
    const code = this.#codes.get(id);
    if (!code) throw new Error(`%${id} is used before it is made`);
    return code;
  }

  nameOf(value: Value): string {
    return this.code(value).text as string;
  }

  isNamed(value: Value): boolean {
    return this.code(value).kind === 'name';
  }

  /**
   * Sizes of `shape` along `axes`, from the image called `like` if it has them, else from the last that has, else from one
   * that they can be computed from; where there is none, from one of the body around this.
   */
  image(shape: Shape, axes: readonly Axis[], like?: string): Sized {
    const value = this.#find(shape, axes, like) ?? this.#borrow(shape, axes, like);
    const code = this.code(value);
    const from = attribute(code, 'shape');
    const known = ([0, 1, 2] as const).map((axis) => ({
      code: py`${from}[${placeOf(axis, 4)}]`,
      size: value.type.shape[axis]!,
    }));
    const size = (axis: Axis): Expression => sizeFrom(known, shape[axis]!)!;
    const whole = has(value, shape, [1, 2]);
    const extent = whole ? py`${from}[2:]` : tuple(axes.includes(1) ? [size(1), size(2)] : []);
    const extents = whole ? [made('starred', [extent])] : extent.parts;
    return { code, batch: size(0), extent, extents };
  }

  #find(shape: Shape, axes: readonly Axis[], like?: string): Value | undefined {
    const able = this.#images.filter(({ value }) =>
      axes.every((axis) => value.type.shape.some((known) => tells(known, shape[axis]!))),
    );
    const exact = able.filter(({ value }) => has(value, shape, axes));
    const wanted = exact.find(({ code }) => code.text === like) ?? exact.at(-1) ?? able[0];
    return wanted?.value;
  }

  #borrow(shape: Shape, axes: readonly Axis[], like?: string): Value {
    const { outer } = this;
    // The inputs of a model tell all of its sizes.
    if (!outer) throw new Error('no tensor in scope tells a size');
    const value = outer.#find(shape, axes, like) ?? outer.#borrow(shape, axes, like);
    if (this.isStep) this.bind(value, outer.nameOf(value));
    else {
      this.borrowed.push(value);
      const called = like && has(value, shape, axes) ? like : outer.nameOf(value);
      this.bind(value, freeName(called, this.taken));
    }
    return value;
  }
}

const has = ({ type }: Value, shape: Shape, axes: readonly Axis[]): boolean =>
  axes.every((axis) => sameSize(type.shape[axis]!, shape[axis]!));
