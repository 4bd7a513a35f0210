import type { Box, Diagram } from '../diagram/diagram.js';
import { headingOf } from '../diagram/labels.js';
import { type Colours, coloursOf, ink } from './colours.js';
import { type Connector, type Layout, layoutOf, type Point, type Rectangle } from './layout.js';
import { frameHeading, linesOf, widthOf } from './measure.js';
import { full, type Style } from './style.js';

/** What a printer of figures draws; lengths are in the units of the figure, y goes down. */
export type Shape =
  | (Rectangle & {
      readonly kind: 'box';
      readonly radius: number;
      readonly fill: string | null;
      readonly stroke: string;
      readonly weight: number;
      readonly dashed: boolean;
    })
  | (Point & {
      readonly kind: 'text';
      readonly text: string;
      readonly size: number;
      readonly bold: boolean;
      readonly anchor: 'start' | 'middle';
      readonly colour: string;
    })
  | {
      readonly kind: 'line';
      readonly points: readonly Point[];
      readonly colour: string;
      readonly weight: number;
    }
  /** The filled point of an arrow. */
  | { readonly kind: 'point'; readonly points: readonly Point[]; readonly colour: string };

export interface Part {
  readonly role: 'title' | 'frame' | 'leaf' | 'line' | 'skip' | 'back' | 'legend' | 'knob';
  /** What it is of. */
  readonly box: Box | null;
  readonly shapes: readonly Shape[];
}

export interface Figure {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  /** How wide it is printed, in millimetres; null where a unit is a pixel. */
  readonly printed: number | null;
  readonly parts: readonly Part[];
}

/** The whole of a diagram with its name above it. */
export function figureOf(diagram: Diagram, style: Style = full): Figure {
  const { width, height, parts } = drawnParts(diagram, style);
  const [size, room] = [13, 26];
  const text = style.details ? headingOf({ ...diagram, title: diagram.model }) : diagram.model;
  const title: Part = {
    role: 'title',
    box: null,
    shapes: [
      { kind: 'text', x: 8, y: 18, text, size, bold: true, anchor: 'start', colour: ink.text },
    ],
  };
  return {
    title: diagram.model,
    width: Math.ceil(Math.max(width, widthOf(text, size, true) + 16)),
    height: Math.ceil(height + room),
    printed: null,
    parts: [title, ...parts.map((part) => movedPart(part, 0, room))],
  };
}

/** The boxes and arrows of a diagram. */
export function drawnParts(
  diagram: Diagram,
  style: Style,
): { readonly width: number; readonly height: number; readonly parts: readonly Part[] } {
  const layout = layoutOf(diagram, style);
  const colours = coloursOf(diagram);
  // What passes others by lies under what leads from one to the next.
  const lines = [...layout.lines].sort((a, b) => Number(b.skip) - Number(a.skip));
  const parts = [
    ...diagram.boxes.flatMap((box) => framesOf(box, layout, style)),
    ...lines.map((line) => lineOf(line, style)),
    ...diagram.boxes.flatMap((box) => leavesOf(box, layout, style, colours)),
  ];
  return { width: layout.width, height: layout.height, parts };
}

function framesOf(box: Box, layout: Layout, style: Style): readonly Part[] {
  const place = layout.places.get(box.id);
  const inner = box.children.flatMap((child) => framesOf(child, layout, style));
  if (box.children.length === 0 || !place) return inner;
  const { fontSize: size, padding, lineHeight } = style;
  const dashed = box.steps > 1;
  const frame: Part = {
    role: 'frame',
    box,
    shapes: [
      { kind: 'box', ...place, radius: 5, fill: null, stroke: ink.frame, weight: 1, dashed },
      {
        kind: 'text',
        x: place.x + padding[0],
        y: place.y + lineHeight,
        text: frameHeading(box, style),
        size,
        bold: false,
        anchor: 'start',
        colour: ink.heading,
      },
    ],
  };
  return [frame, ...inner];
}

function leavesOf(box: Box, layout: Layout, style: Style, colours: Colours): readonly Part[] {
  if (box.children.length > 0) {
    return box.children.flatMap((child) => leavesOf(child, layout, style, colours));
  }
  const place = layout.places.get(box.id)!;
  return [{ role: 'leaf', box, shapes: leafShapes(box, place, style, colours) }];
}

/** A leaf at a place: rounded where it is an input or an output, with a thick border where others use its weights. */
export function leafShapes(
  box: Box,
  place: Rectangle,
  style: Style,
  colours: Colours,
): readonly Shape[] {
  const { fontSize: size, lineHeight } = style;
  const isPort = box.kind === 'input' || box.kind === 'output';
  const shared = colours.shared(box);
  const lines = linesOf(box, style);
  const top = place.y + (place.height - lines.length * lineHeight) / 2;
  return [
    {
      kind: 'box',
      ...place,
      radius: isPort ? place.height / 2 : 3,
      fill: colours.fill(box) ?? ink.paper,
      stroke: shared ?? ink.border,
      weight: shared ? 2.2 : 1,
      dashed: false,
    },
    ...lines.map((text, i): Shape => {
      const isShape = i > box.configuration.length;
      return {
        kind: 'text',
        x: place.x + place.width / 2,
        // Letters stand on a line a little under the middle of theirs.
        y: top + (i + 0.5) * lineHeight + 0.35 * size,
        text,
        size,
        bold: i === 0,
        anchor: 'middle',
        colour: isShape ? ink.heading : ink.text,
      };
    }),
  ];
}

function lineOf({ points, skip, back, arrives }: Connector, { point }: Style): Part {
  const role = back ? 'back' : skip ? 'skip' : 'line';
  const [colour, weight] = [ink[role], role === 'line' ? 1 : 1.5];
  if (!arrives) return { role, box: null, shapes: [{ kind: 'line', points, colour, weight }] };
  const [before, end] = points.slice(-2) as [Point, Point];
  const length = Math.hypot(end.x - before.x, end.y - before.y) || 1;
  const [dx, dy] = [(end.x - before.x) / length, (end.y - before.y) / length];
  const [x, y] = [end.x - dx * point[0], end.y - dy * point[0]];
  const side = point[1] / 2;
  const head = [
    end,
    { x: x - dy * side, y: y + dx * side },
    { x: x + dy * side, y: y - dx * side },
  ];
  return {
    role,
    box: null,
    shapes: [
      { kind: 'line', points: [...points.slice(0, -1), { x, y }], colour, weight },
      { kind: 'point', points: head, colour },
    ],
  };
}

export const movedPart = (part: Part, dx: number, dy: number): Part => ({
  ...part,
  shapes: part.shapes.map((shape) => movedShape(shape, dx, dy)),
});

function movedShape(shape: Shape, dx: number, dy: number): Shape {
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  if (shape.kind === 'line' || shape.kind === 'point') {
    return { ...shape, points: shape.points.map(move) };
  }
  return { ...shape, ...move(shape) };
}
