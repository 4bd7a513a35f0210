// The figures as Markdown.
import { againstBest, median, ratios } from './figures.mjs';
import { peers } from './workloads.mjs';

const calls = { train: 'Training step', predict: 'Prediction' };
const titleOf = (name) => (name === 'ours' ? 'netc' : peers[name].title);

const milliseconds = (seconds) => (1000 * median(seconds)).toFixed(0);
const megabytes = (bytes) => (bytes / 1e6).toFixed(0);
const spreadOf = ({ median, least, greatest }) =>
  `${median.toFixed(2)} (${least.toFixed(2)} to ${greatest.toFixed(2)})`;

const table = (head, rows) =>
  [head, head.map((_, i) => (i === 0 ? '---' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** One workload and call: a row for each side. */
function detail(call, result, peak) {
  const sides = result[call];
  const work = 2 * result.multiplyAdds[call];
  const memoryOf = (name) => (call === 'train' ? result.sides[name].memory : undefined);
  const rows = Object.entries(sides).map(([name, { wall, cpu }]) => {
    const alone = [milliseconds(wall), milliseconds(cpu)];
    const reached = `${((100 * work) / median(wall) / peak.flops).toFixed(0)} %`;
    const against =
      name === 'ours'
        ? ['', '']
        : [spreadOf(ratios(sides.ours.wall, wall)), spreadOf(ratios(sides.ours.cpu, cpu))];
    const memory = memoryOf(name) === undefined ? [] : memoryCells(name, memoryOf);
    return [titleOf(name), ...alone, reached, ...against, ...memory];
  });
  const head = ['', 'ms', 'CPU ms', 'of the roof', 'time, ours / its', 'CPU time, ours / its'];
  const memory = memoryOf('ours') === undefined ? [] : ['memory, MB', 'ours / its'];
  return `### ${calls[call]}, ${(work / 1e9).toFixed(1)} GFLOP\n\n${table([...head, ...memory], rows)}\n`;
}

const memoryCells = (name, memoryOf) => [
  megabytes(memoryOf(name)),
  name === 'ours' ? '' : (memoryOf('ours') / memoryOf(name)).toFixed(2),
];

function section(result, callNames, peak) {
  const { ours, ...others } = result.sides;
  const losses = ours.losses
    ? `\n- losses of our first steps: ${figures(ours.losses, 6)}; the first is ${powers([ours.apart.exact])} from PyTorch's in double`
    : '';
  const agreement = Object.entries(others).map(([name, side]) => agreementOf(name, side));
  const tables = callNames.map((call) => detail(call, result, peak));
  return [
    `## ${result.title}\n`,
    `\`${result.name}\`${losses}`,
    ...agreement,
    `\n${tables.join('\n')}`,
  ].join('\n');
}

const figures = (values, digits) => values.map((value) => value.toFixed(digits)).join(', ');
const powers = (values) => values.map((value) => value.toExponential(0)).join(', ');

function agreementOf(name, { apart, failed }) {
  if (failed) return `- ${titleOf(name)}: **left out**: ${failed.split('\n')[0]}`;
  const losses = apart.losses
    ? [
        `first loss ${powers([apart.exact])} from PyTorch's in double`,
        `losses ${powers(apart.losses)} of ours apart`,
      ]
    : [];
  const mask =
    apart.mask === undefined ? [] : [`predictions ${powers([apart.mask])} of their spread`];
  return `- ${titleOf(name)}: ${[...losses, ...mask].join('; ')}`;
}

/** By measure, the values of each side by round; a side that has none is left out. */
const measures = {
  'training step, time': ({ train }) => valuesOf(train, 'wall'),
  'training step, CPU time': ({ train }) => valuesOf(train, 'cpu'),
  'training step, memory': ({ sides }) => memoriesOf(sides),
  'prediction, time': ({ predict }) => valuesOf(predict, 'wall'),
  'prediction, CPU time': ({ predict }) => valuesOf(predict, 'cpu'),
};

const mapped = (table, change) =>
  Object.fromEntries(Object.entries(table).map(([name, value]) => [name, change(value)]));
const valuesOf = (times, measure) => times && mapped(times, (side) => side[measure]);

function memoriesOf(sides) {
  const measured = Object.entries(sides).filter(([, { memory }]) => memory !== undefined);
  return measured.length === 0
    ? undefined
    : Object.fromEntries(measured.map(([name, { memory }]) => [name, [memory]]));
}

/** netc against whichever peer is best at a workload. */
function summary(results) {
  const rows = Object.entries(measures).flatMap(([title, read]) => {
    const values = results.map(read);
    if (values.some((one) => one === undefined || Object.keys(one).length < 2)) return [];
    const { each, mean } = againstBest(values);
    const cells = each.map(({ peer, ratio }) => `${ratio.median.toFixed(2)} ${titleOf(peer)}`);
    return [[title, ...cells, `**${mean.toFixed(2)}**`]];
  });
  return table(['ours / best peer', ...results.map(({ title }) => title), 'geometric mean'], rows);
}

/** OpenMP's threads wait for the one whose core other work took, and a call takes ten times as long. */
const busy = ({ cores, load, loadAfter }) =>
  load > 0.5 || loadAfter > cores + 0.5
    ? '\n**Other work ran on the machine: these figures are no comparison.**\n'
    : '';

/** @param run what `--json` writes */
export function report(run) {
  const { cpu, cores, load, loadAfter, peak, rounds, results } = run;
  const callNames = Object.keys(calls).filter((call) => call in results[0]);
  const descriptions = new Map(
    results.flatMap(({ sides }) => Object.entries(sides).filter(([, side]) => !side.failed)),
  );
  return `# netc and its peers

Ratios below 1 mean that netc needed less. Medians of ${rounds} bursts of four calls without the first; behind a ratio, the least and the
greatest of one round. [docs/performance.md](../docs/performance.md) says how each figure is measured.
${busy(run)}
- ${cpu}, ${cores} cores. Load average before ${load.toFixed(1)}, after ${loadAfter.toFixed(1)}: the benchmark alone makes at most ${cores}.
- Roof: ${(peak.flops / 1e9).toFixed(0)} GFLOP/s, a float32 product of two ${peak.size}x${peak.size} matrices by ${peak.library}.
${[...descriptions].map(([name, { description }]) => `- ${titleOf(name)}: ${description}`).join('\n')}

${summary(results)}

${results.map((result) => section(result, callNames, peak)).join('\n')}`;
}
