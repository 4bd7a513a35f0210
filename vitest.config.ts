import { defineConfig } from 'vitest/config';
// @ts-expect-error a script without types
import { alias } from './scripts/bundle.mjs';

export default defineConfig({
  resolve: { alias },
  // What builds and commands write starts no test again.
  server: { watch: { ignored: ['**/dist/**', '**/runs/**', '**/coverage/**'] } },
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    // All cores: left to itself, one of two stays idle.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A second is no measure of what a busy machine does.
    expect: { poll: { timeout: 20_000 } },
    // What tests run as a program of its own, such as `netc` and the workers, is not counted.
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reporter: ['text-summary', 'html'],
    },
  },
});
