import type { Box, Diagram } from '../diagram/diagram.js';

export const ink = {
  paper: '#ffffff',
  text: '#1a1a1a',
  heading: '#5c5c5c',
  border: '#555555',
  frame: '#b0b0b0',
  line: '#444444',
  skip: '#2166ac',
  back: '#b2182b',
} as const;

/** One colour a block, in the order of the diagram's list. */
const fills = [
  '#dbe9f6',
  '#fde3c8',
  '#d9f0d9',
  '#f6d9e3',
  '#e6dff4',
  '#f7f0c4',
  '#d3f0ee',
  '#eadfd3',
];

/** One a group of leaves with the same weights. */
const borders = ['#7b3294', '#008837', '#c51b7d', '#a6611a', '#018571', '#5e3c99'];

export interface Colours {
  /** Of a folded block; undefined of all else. */
  readonly fill: (box: Box) => string | undefined;
  /** Of a leaf whose weights another leaf that is drawn uses too. */
  readonly shared: (box: Box) => string | undefined;
}

export function coloursOf({ blocks, boxes }: Pick<Diagram, 'blocks' | 'boxes'>): Colours {
  const colours = new Map(blocks.map((block, i) => [block, fills[i % fills.length]!]));
  const groups = new Map<number, number>();
  const visit = ({ shared, children }: Box): void => {
    if (shared !== null) groups.set(shared, (groups.get(shared) ?? 0) + 1);
    children.forEach(visit);
  };
  boxes.forEach(visit);
  const drawn = [...groups].filter(([, count]) => count > 1).map(([group]) => group);
  return {
    fill: ({ kind, title }) => (kind === 'block' ? colours.get(title) : undefined),
    shared: ({ shared }) => {
      const place = shared === null ? -1 : drawn.indexOf(shared);
      return place < 0 ? undefined : borders[place % borders.length];
    },
  };
}
