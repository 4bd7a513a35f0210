// netc against PyTorch, Keras and ONNX Runtime: a training step and a prediction from the same weights on the same images.
//   NETC_BENCH_PYTHON=venv/bin/python npm run --silent bench > bench/results.md
// docs/performance.md says how it measures, and how to make that venv.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './compare/arguments.mjs';
import { networkOf, writeInputs } from './compare/inputs.mjs';
import { machine, peakOf } from './compare/machine.mjs';
import { measure } from './compare/measure.mjs';
import { report } from './compare/report.mjs';
import { multiplyAddsOf } from './compare/workloads.mjs';

const settings = readArguments(process.argv.slice(2));
const say = (line) => process.stderr.write(`${line}\n`);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

async function measured(workload) {
  const folder = await mkdtemp(join(tmpdir(), 'netc-bench-'));
  try {
    const network = networkOf(workload);
    await writeInputs(workload, network, folder);
    const figures = await measure(workload, { ...settings, say }, folder);
    return { ...workload, multiplyAdds: multiplyAddsOf(network, workload), ...figures };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const before = machine();
const peaks = [await peakOf(settings.threads)];
const results = [];
for (const workload of settings.workloads) results.push(await measured(workload));
peaks.push(await peakOf(settings.threads));
const peak = peaks.reduce((best, next) => (next.flops > best.flops ? next : best));
const run = { ...before, loadAfter: machine().load, peak, rounds: settings.rounds, results };
process.stdout.write(report(run));
if (settings.json) await writeFile(settings.json, `${JSON.stringify(run, null, 1)}\n`);
