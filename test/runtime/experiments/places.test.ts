import { expect, it } from 'vitest';
import { Diagnostics } from '../../../src/compiler/diagnostics/diagnostic.js';
import { loadExperiment } from '../../../src/runtime/experiments/load-experiment.js';

it.each(['model: "x', "model: 'x", 'model: [x', 'model: {path: x', 'model: {path: "x'])(
  'the error of %s, which ends too early, lies in the text',
  (text) => {
    const diagnostics = new Diagnostics();
    expect(loadExperiment({ path: 'x.yaml', text }, [], diagnostics)).toBeUndefined();
    const [error] = diagnostics.all();
    expect(error!.code).toBe('NET0601');
    expect(error!.span.start).toBeLessThanOrEqual(error!.span.end);
    expect(error!.span.end).toBeLessThanOrEqual(text.length);
  },
);
