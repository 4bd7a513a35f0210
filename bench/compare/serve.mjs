// The protocol of a side, in lines of JSON; bench/peers/timing/protocol.py is the same for Python.
import { createInterface } from 'node:readline';

const answer = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Seconds of each of `times` calls, by the clock and of this process on all cores, and what each gave. */
async function timed(call, times) {
  const [wall, cpu, results] = [[], [], []];
  for (let i = 0; i < times; i++) {
    const [begin, before] = [performance.now(), process.cpuUsage()];
    results.push(await call());
    wall.push((performance.now() - begin) / 1e3);
    const { user, system } = process.cpuUsage(before);
    cpu.push((user + system) / 1e6);
  }
  return { wall, cpu, results };
}

/**
 * Answers until the input ends. `{"call": "warm"}` makes a step on small images, so that the code is loaded and the optimiser
 * has its state; `load` puts the first weights back. `{"call": "train", "times": n}` makes n steps and answers with `wall`, `cpu`
 * and the losses before each; so does `predict`, and writes the last mask.
 * @param side `train` and `predict` give a function that makes one call
 */
export async function serve(description, side) {
  answer({ description });
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, times } = JSON.parse(line);
    if (times === undefined) {
      await side[call]();
      answer({});
      continue;
    }
    const { wall, cpu, results } = await timed(await side[call](), times);
    if (call === 'predict') await side.save(results.at(-1));
    answer({ wall, cpu, ...(call === 'train' ? { losses: results } : {}) });
  }
}
