import { describe, expect, it } from 'vitest';
import { netc } from './netc.js';

const experiment = 'experiments/quickstart.yaml';

describe('a command line that means something else', () => {
  it.each([
    [`train ${experiment} --lr 0.1`, '(netc calls it learningRate: --set learningRate=0.1)'],
    [`train ${experiment} --batch-size 4`, '(netc calls it batch: --set batch=4)'],
    [`train ${experiment} --learning-rate=0.1`, '(the experiment has it: --set learningRate=0.1)'],
    [
      `evaluate runs/x --threshold 0.4`,
      '(the experiment has it: --set validation.threshold=0.4 or --set evaluation.threshold=0.4)',
    ],
    [`train ${experiment} --stesp 4`, '(Did you mean --steps?)'],
    [`train ${experiment} steps=4`, '(a setting stands behind --set: --set steps=4)'],
    [`train ${experiment} --set steps=4 batch=2`, '--set batch=2)'],
    ['models/unet.net', '(a command comes first: netc check models/unet.net)'],
    [`${experiment} --seed 3`, `(a command comes first: netc train ${experiment} --seed 3)`],
    ['models', '(a command comes first: netc data check models)'],
    ['eval runs/x', '(that is netc evaluate RUN)'],
    ['infer', '(that is netc predict RUN IMAGES)'],
    ['chek models/unet.net', '(Did you mean check?)'],
    ['weights inspct x', '(Did you mean inspect?)'],
    ['-v', '(netc --version says which it is)'],
    ['check', "missing required argument 'paths'"],
    ['count models/unet.net --size 256', 'Write it as HEIGHTxWIDTH, for example 256x256.'],
  ])('netc %s', async (line, said) => {
    const { status, stdout, stderr } = await netc(line.split(' '));
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(said);
    expect(stderr).toMatch(/\n\(add --help for the options\)\n$/);
    // One suggestion, not two.
    expect(stderr.match(/^\(/gm)!.length).toBeLessThanOrEqual(2);
  });

  it('is answered by the help where there is none', async () => {
    expect((await netc([])).stderr).toContain('Usage: netc [options] [command]');
    const { status, stdout, stderr } = await netc(['help', 'compile']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('Usage: netc compile');
  });
});
