import type { Box, Wire } from './diagram.js';
import type { Wired } from './wires.js';

/** Boxes and the wires between their leaves. */
interface Drawn {
  readonly boxes: readonly Box[];
  readonly wires: readonly Wire[];
}

/** What stands for the leaves of steps that are not drawn, and the step that each leaf is of. */
interface Merged {
  readonly drawn: Map<string, string>;
  readonly steps: Map<string, number>;
}

/**
 * Recurrences as loops: steps of one loop that hold the same blocks, wired alike and with the same weights, are drawn as the first
 * of them. A wire from one step to the next leads back to it.
 */
export function loopsDrawnOnce(
  boxes: readonly Box[],
  { wires, weights }: Pick<Wired, 'wires' | 'weights'>,
): Drawn {
  const merged: Merged = { drawn: new Map(), steps: new Map() };
  const look = new Look(wires, weights);
  const drawn = boxes.map((box) => within(box, look, merged));
  return { boxes: drawn, wires: between(wires, merged) };
}

function within(box: Box, look: Look, merged: Merged): Box {
  const inner = box.children.map((child) => within(child, look, merged));
  const children: Box[] = [];
  for (let at = 0; at < inner.length; ) {
    const first = inner[at]!;
    let end = at + 1;
    while (end < inner.length && look.isNext(first, inner[end]!)) end++;
    children.push(end - at > 1 ? asOne(inner.slice(at, end), merged) : first);
    at = end;
  }
  return { ...box, children };
}

/** The first of `steps`, for all of them. */
function asOne(steps: readonly Box[], { drawn, steps: numbers }: Merged): Box {
  const [first] = steps;
  const kept = leavesOf(first!);
  steps.forEach((step, number) => {
    leavesOf(step).forEach((leaf, i) => {
      drawn.set(leaf.id, kept[i]!.id);
      numbers.set(leaf.id, number);
    });
  });
  return { ...first!, title: loopOf(first!), steps: steps.length };
}

/** The wires between what is drawn, each once. A loop in a loop is merged first, so that its leaves may be replaced again. */
function between(wires: readonly Wire[], { drawn, steps }: Merged): readonly Wire[] {
  const kept = new Map<string, Wire>();
  const end = (id: string): string => {
    const next = drawn.get(id);
    return next === undefined || next === id ? id : end(next);
  };
  for (const wire of wires) {
    const [from, to] = [end(wire.from), end(wire.to)];
    const later = (steps.get(wire.to) ?? 0) - (steps.get(wire.from) ?? 0);
    const back = later > 0 && drawn.has(wire.from) && drawn.has(wire.to);
    const key = `${from} ${to} ${wire.shape} ${back}`;
    if (!kept.has(key)) kept.set(key, { ...wire, from, to, back });
  }
  return [...kept.values()];
}

const leavesOf = (box: Box): readonly Box[] =>
  box.children.length === 0 ? [box] : box.children.flatMap(leavesOf);

/** `state` of the step `state[0]`. */
const loopOf = ({ title }: Box): string => title.replace(/\[\d+\]$/, '');

/** Tells which steps do the same. */
class Look {
  readonly #inside = new Map<string, Wire[]>();
  readonly #kept = new Map<Box, string>();

  constructor(
    wires: readonly Wire[],
    readonly weights: Wired['weights'],
  ) {
    for (const wire of wires) {
      const from = this.#inside.get(wire.from);
      if (from) from.push(wire);
      else this.#inside.set(wire.from, [wire]);
    }
  }

  /** Whether a box is a later step of the loop that `first` is a step of, and does the same with the same weights. */
  isNext(first: Box, box: Box): boolean {
    if (first.kind !== 'step' || box.kind !== 'step' || loopOf(first) !== loopOf(box)) return false;
    const hasWeights = leavesOf(first).some(({ id }) => this.weights.has(id));
    return hasWeights && this.#textOf(first) === this.#textOf(box);
  }

  /** The same text for steps that do the same. */
  #textOf(step: Box): string {
    const known = this.#kept.get(step);
    if (known !== undefined) return known;
    const places = new Map(leavesOf(step).map(({ id }, i) => [id, i]));
    const wires = [...places].flatMap(([id, from]) =>
      (this.#inside.get(id) ?? []).flatMap(({ to, shape }) =>
        places.has(to) ? [`${from} ${places.get(to)} ${shape}`] : [],
      ),
    );
    const text = JSON.stringify([this.#boxText(step), wires.sort()]);
    this.#kept.set(step, text);
    return text;
  }

  #boxText(box: Box): unknown {
    const { id, kind, configuration, shapes, steps, children } = box;
    const title = kind === 'step' ? loopOf(box) : box.title;
    const inside = children.map((child) => this.#boxText(child));
    const weights = [...(this.weights.get(id) ?? [])];
    return [kind, title, configuration, kind === 'step' ? [] : shapes, steps, weights, inside];
  }
}
