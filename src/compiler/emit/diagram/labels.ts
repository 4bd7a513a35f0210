import type { Box } from './diagram.js';

/** What a leaf says: its name, a line an argument, a line for each tensor that it gives. */
export const labelOf = ({ title, configuration, shapes }: Box): readonly string[] => [
  title,
  ...configuration.map(([name, value]) => `${name}: ${value}`),
  ...shapes,
];

/** What a frame says. */
export function headingOf({
  title,
  configuration,
  steps = 1,
}: Pick<Box, 'title' | 'configuration'> & Partial<Pick<Box, 'steps'>>): string {
  if (steps > 1) return `${title}, ${steps} steps`;
  if (configuration.length === 0) return title;
  return `${title}(${configuration.map(([name, value]) => `${name}: ${value}`).join(', ')})`;
}
