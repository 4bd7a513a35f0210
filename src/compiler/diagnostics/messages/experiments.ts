import type { Entry } from './entry.js';

const error = (title: string): Entry<never> => ({
  title,
  severity: 'error',
  write: () => {
    throw new Error('no words yet');
  },
});

export const experiments = {
  NET0601: error('Not YAML'),
  NET0602: error('Unknown key'),
  NET0603: error('Missing key'),
  NET0604: error('Value does not fit'),
  NET0605: error('Settings do not fit together'),
};
