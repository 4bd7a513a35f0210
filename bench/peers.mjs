// netc against PyTorch, Keras and ONNX Runtime: a training step and a prediction from the same weights on the same images.
//   NETC_BENCH_PYTHON=venv/bin/python npm run --silent bench > bench/results.md
// docs/performance.md says how it measures, and how to make that venv.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
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

const scratch = mkdtempSync(join(tmpdir(), 'netc-bench-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

async function measured(workload) {
  const folder = join(scratch, workload.name);
  mkdirSync(folder);
  const network = networkOf(workload);
  await writeInputs(workload, network, folder);
  const figures = await measure(workload, { ...settings, say }, folder);
  return { ...workload, multiplyAdds: multiplyAddsOf(network, workload), ...figures };
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
// A peer that is left out is said in the report, and not taken for a comparison with all.
if (results.some(({ sides }) => Object.values(sides).some(({ failed }) => failed)))
  process.exitCode = 1;
