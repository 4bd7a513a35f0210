import type { Box } from './diagram.js';

/** What a leaf says: its name, a line an argument, a line for each tensor that it gives. */
export const labelOf = ({ title, configuration, shapes }: Box): readonly string[] => [
  title,
  ...configuration.map(([name, value]) => `${name}: ${value}`),
  ...shapes,
];

/** What a frame says. */
export function headingOf({ title, configuration }: Pick<Box, 'title' | 'configuration'>): string {
  if (configuration.length === 0) return title;
  return `${title}(${configuration.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}
