import { type Box, type Diagram, traced } from '../compiler/emit/diagram/diagram.js';
import { figureOf, type Part, type Shape } from '../compiler/emit/drawing/figure.js';
import type { Style } from '../compiler/emit/drawing/style.js';
import { groupOf } from '../compiler/emit/svg/svg.js';
import type { Application } from '../compiler/expand/application.js';
import type { Mark } from './comparison.js';
import type { Good } from './project.js';

export type SideName = 'own' | 'other';

/** A place in a text. */
export interface Site {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** A box as the page knows it. */
export interface ShownBox
  extends Pick<Box, 'id' | 'kind' | 'path' | 'title' | 'configuration' | 'shapes' | 'steps'> {
  /** The frame that it is in; null outside of all. */
  readonly parent: string | null;
  /** How many boxes are in it. */
  readonly inside: number;
  /** Whether it can be folded or unfolded. */
  readonly folds: boolean;
  /** Where it is applied; null of inputs, outputs and steps. */
  readonly site: Site | null;
}

/** One of the drawings in the page, whose slices are asked for one by one. */
export interface Side {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** Tells a drawing from the next. */
  readonly version: number;
  readonly count: number;
}

/** Some parts of a drawing: so many that the page answers in between. */
export interface Slice {
  readonly svg: string;
  readonly boxes: readonly ShownBox[];
}

const partsOfSlice = 60;

export interface Showing {
  readonly depth: number | undefined;
  readonly unfolded: ReadonlyMap<string, boolean>;
  readonly marks: ReadonlyMap<string, Mark>;
}

/** A drawing with all that is asked of it later. */
export interface Drawn {
  readonly side: Side;
  readonly diagram: Diagram;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly applications: ReadonlyMap<string, Application>;
  slice(i: number): Slice;
}

let versions = 0;

export function drawnOf(good: Good, style: Style, { depth, unfolded, marks }: Showing): Drawn {
  const { diagram, applications } = traced(good.graph, good.tree, { depth, unfolded });
  const boxes = new Map<string, Box>();
  const parents = new Map<string, string>();
  const visit = (box: Box): void => {
    boxes.set(box.id, box);
    for (const child of box.children) {
      parents.set(child.id, box.id);
      visit(child);
    }
  };
  diagram.boxes.forEach(visit);
  const { title, width, height, parts } = figureOf(diagram, style);
  const folds = ({ id, kind }: Box): boolean =>
    kind === 'block' && applications.get(id)!.children.length > 0;
  const shown = (box: Box): ShownBox => {
    const { id, kind, path, title, configuration, shapes, steps, children } = box;
    const application = applications.get(id);
    return {
      ...{ id, kind, path, title, configuration, shapes, steps },
      parent: parents.get(id) ?? null,
      inside: children.length,
      folds: folds(box),
      site: application ? siteOf(application) : null,
    };
  };
  const drawn = new Set(parts.flatMap(({ box }) => (box ? [box.id] : [])));
  // A frame that is not drawn, as of a block in itself, has no part: it goes with the first slice.
  const hidden = [...boxes.values()].filter(({ id }) => !drawn.has(id));
  const slice = (i: number): Slice => {
    const some = parts.slice(i * partsOfSlice, (i + 1) * partsOfSlice);
    const own = some.flatMap(({ box }) => (box ? [box] : []));
    return {
      svg: some.map((part) => textOf(part, marks, folds)).join(''),
      boxes: [...own, ...(i === 0 ? hidden : [])].map(shown),
    };
  };
  const count = Math.max(1, Math.ceil(parts.length / partsOfSlice));
  const side = { title, width, height, version: versions++, count };
  return { side, diagram, boxes, applications, slice };
}

function siteOf({ block, origin }: Application): Site | null {
  if (block === null || !origin) return null;
  const { file, start, end } = origin.site;
  return { path: file.path, start, end };
}

/** A part as SVG, marked where its box differs, with a knob where it can be folded. */
function textOf(
  part: Part,
  marks: ReadonlyMap<string, Mark>,
  folds: (box: Box) => boolean,
): string {
  const { box, shapes } = part;
  const [frame] = shapes;
  if (!box || frame?.kind !== 'box') return groupOf(part);
  const isFolded = box.children.length === 0;
  const mark = marks.get(box.path);
  // What is folded shows that there is a difference inside.
  const shown = mark === 'holds' ? (isFolded ? 'changed' : undefined) : mark;
  const knob = folds(box) ? groupOf(knobOf(frame, isFolded)) : '';
  return groupOf(part, { marked: shown, inside: knob });
}

const knobOf = ({ x, y, width }: Shape & { kind: 'box' }, isFolded: boolean): Part => ({
  role: 'knob',
  box: null,
  shapes: [
    {
      kind: 'box',
      ...{ x: x + width - 6, y: y - 6, width: 12, height: 12, radius: 6, weight: 1 },
      ...{ fill: '#ffffff', stroke: '#555555', dashed: false },
    },
    {
      kind: 'text',
      ...{ x: x + width, y: y + 3.5, text: isFolded ? '+' : '\u2212', size: 11, bold: true },
      ...{ anchor: 'middle', colour: '#1a1a1a' },
    },
  ],
});
