import type { Box, Diagram } from '../diagram/diagram.js';
import { runsDrawnOnce } from '../diagram/runs.js';
import { ExportError } from '../export-error.js';
import { coloursOf, ink } from './colours.js';
import { drawnParts, type Figure, leafShapes, movedPart, type Part } from './figure.js';
import { widthOf } from './measure.js';
import { isNamed, shortNames } from './short-names.js';
import { compact, type Style } from './style.js';

/** The size of the smallest type in print, and of the largest that a drawing is blown up to; in points. */
const [smallest, largest] = [6, 8];
const millimetresOfPoint = 25.4 / 72;

/**
 * A figure for print, `millimetres` wide: no arguments, and type of 6 to 8 points. Of the diagrams, the first that fits is drawn: each
 * as it is, or with short names and a legend, or with runs of one block as one box too.
 * @throws ExportError where none fits: how wide the narrowest is
 */
export function columnFigure(diagrams: readonly Diagram[], millimetres: number): Figure {
  let narrowest = Number.POSITIVE_INFINITY;
  for (const { diagram, names } of diagrams.flatMap(waysToDraw)) {
    const style: Style = {
      ...compact,
      nameOf: (box) => (isNamed(box) && names.get(box.title)) || box.title,
    };
    const drawn = drawnParts(diagram, style);
    const needed = drawn.width * unit(smallest);
    narrowest = Math.min(narrowest, needed);
    if (needed > millimetres) continue;
    const inUnits = Math.max(drawn.width, millimetres / unit(largest));
    return printed(diagram, drawn, style, names, inUnits, millimetres);
  }
  throw new ExportError(
    `at ${millimetres} mm the type would be under ${smallest} points: this drawing needs ${Math.ceil(narrowest)} mm`,
    'a wider --width, or a smaller --depth',
  );
}

interface Way {
  readonly diagram: Diagram;
  /** Short names by those that they stand for. */
  readonly names: ReadonlyMap<string, string>;
}

function waysToDraw(diagram: Diagram): readonly Way[] {
  const names = shortNames(diagram.boxes);
  const fewer = runsDrawnOnce(diagram);
  return [
    { diagram, names: new Map() },
    { diagram, names },
    { diagram: fewer, names },
  ];
}

/** Millimetres of a unit of the drawing where its type has so many points. */
const unit = (points: number): number => (points / compact.fontSize) * millimetresOfPoint;

function printed(
  diagram: Diagram,
  drawn: ReturnType<typeof drawnParts>,
  style: Style,
  names: ReadonlyMap<string, string>,
  width: number,
  millimetres: number,
): Figure {
  const aside = (width - drawn.width) / 2;
  const legend = legendOf(diagram, style, names, width);
  return {
    title: diagram.model,
    width,
    height: drawn.height + legend.height,
    printed: millimetres,
    parts: [
      ...drawn.parts.map((part) => movedPart(part, aside, 0)),
      ...legend.parts.map((part) => movedPart(part, 0, drawn.height)),
    ],
  };
}

/** What each short name stands for, in rows as wide as the figure. */
function legendOf(
  diagram: Diagram,
  style: Style,
  names: ReadonlyMap<string, string>,
  width: number,
): { readonly height: number; readonly parts: readonly Part[] } {
  const colours = coloursOf(diagram);
  const { fontSize: size, lineHeight, padding, gap } = style;
  const height = lineHeight + 2 * padding[1];
  const parts: Part[] = [];
  let [x, y] = [gap, gap];
  for (const box of namedIn(diagram.boxes, names)) {
    const chip = widthOf(style.nameOf(box), size, true) + 2 * padding[0];
    const entry = chip + padding[0] + widthOf(box.title, size);
    if (x > gap && x + entry > width - gap) [x, y] = [gap, y + height + 3];
    const shapes = leafShapes(
      { ...box, shared: null, times: 1 },
      { x, y, width: chip, height },
      style,
      colours,
    );
    const text = {
      kind: 'text',
      x: x + chip + padding[0],
      y: y + height / 2 + 0.35 * size,
      text: box.title,
      size,
      bold: false,
      anchor: 'start',
      colour: ink.text,
    } as const;
    parts.push({ role: 'legend', box: null, shapes: [...shapes, text] });
    x += entry + gap;
  }
  return { height: parts.length === 0 ? 0 : y + height + gap / 2, parts };
}

/** The first box of each name that is shortened. */
function namedIn(boxes: readonly Box[], names: ReadonlyMap<string, string>): readonly Box[] {
  const found = new Map<string, Box>();
  const visit = (box: Box): void => {
    if (isNamed(box) && names.has(box.title) && !found.has(box.title)) {
      found.set(box.title, box);
    }
    box.children.forEach(visit);
  };
  boxes.forEach(visit);
  return [...found.values()];
}
