import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { netc, root } from '../cli/netc.js';
import { pythonWith } from '../python/python.js';

const python = pythonWith(['matplotlib', 'numpy', 'onnxruntime', 'pandas', 'PIL'], 'test:notebook');

/** What the commands of docs/notebook.md are run with, to be small. */
const small = ['data.size=64', 'patch=32', 'parameters.base=4', 'steps=20', 'evaluation.window=64'];

let folder: string;
let evaluated: {
  metrics: Record<string, number>;
  perImage: ({ id: string } & Record<string, number>)[];
};

async function done(...args: string[]): Promise<string> {
  const answer = await netc(args, folder);
  expect(answer).toMatchObject({ status: 0 });
  return answer.stdout;
}

/** Runs a program in the folder of the notebook. */
function runPython(...words: string[]) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', MPLBACKEND: 'agg' };
  const options = { cwd: join(folder, 'examples/notebook'), encoding: 'utf8', env } as const;
  return spawnSync(python!, words, options);
}

/** What an expression gives after all cells of the notebook. */
function afterCells(expression: string) {
  const script = join(root, 'test/notebook/execute.py');
  const { status, stdout, stderr } = runPython(script, 'run.ipynb', expression);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return JSON.parse(stdout);
}

/** The last line of what a statement about `run` says: the error, where there is one. */
function lastLine(statement: string): string {
  const script = `from read_run import Run\nrun = Run("../../runs/quickstart")\n${statement}`;
  const { stdout, stderr } = runPython('-c', script);
  return `${stdout}${stderr}`.trim().split('\n').at(-1)!;
}

/** The bytes of a picture, a row a list, with its channels as they are. */
async function rowsOf(path: string, channels: 1 | 3) {
  const image = sharp(join(folder, path)).toColourspace(channels === 1 ? 'b-w' : 'srgb');
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(channels);
  const pixel = (at: number) =>
    channels === 1 ? data[at]! : [...data.subarray(at * channels, (at + 1) * channels)];
  return Array.from({ length: info.height }, (_, y) =>
    Array.from({ length: info.width }, (_, x) => pixel(y * info.width + x)),
  );
}

beforeAll(async () => {
  if (python === null) return;
  folder = await mkdtemp(join(tmpdir(), 'netc-notebook-'));
  for (const part of ['notebook', 'serving'])
    await cp(join(root, 'examples', part), join(folder, 'examples', part), { recursive: true });
  const settings = [...small, 'data.validation=2', 'validation.every=10'];
  const sets = settings.flatMap((pair) => ['--set', pair]);
  await done('train', join(root, 'experiments/quickstart.yaml'), ...sets);
  evaluated = JSON.parse(await done('evaluate', 'runs/quickstart', '--json'));
  await done('export', 'runs/quickstart', '--to', 'onnx', '--with-preprocessing');
  await done('data', 'make', 'retina', '--out', 'eyes', '--count', '1', '--size', '64');
}, 300_000);
afterAll(async () => {
  if (python !== null) await rm(folder, { recursive: true, force: true });
});

describe.skipIf(python === null)('the notebook', () => {
  it('has the figures that netc evaluate prints', () => {
    const { scores, images, table, runs } = afterCells(
      '{"scores": run.scores, "images": run.images, "table": images["f1"].to_dict(), "runs": [path.parent.name for path in scored]}',
    );
    expect(scores).toEqual(evaluated.metrics);
    expect(images).toEqual(evaluated.perImage);
    expect(table).toEqual(Object.fromEntries(evaluated.perImage.map(({ id, f1 }) => [id, f1])));
    expect(runs).toEqual(['quickstart']);
  });

  it('has the log of the run and its curves', async () => {
    const found = afterCells(
      '{"losses": run.losses, "validations": run.validations, "roc": run.roc, "pr": run.pr}',
    );
    const text = await readFile(join(folder, 'runs/quickstart/log.jsonl'), 'utf8');
    const records = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(found.losses).toEqual(records.filter(({ loss }) => loss !== undefined));
    expect(found.losses).toHaveLength(20);
    expect(found.validations.map(({ step }: { step: number }) => step)).toEqual([10, 20]);
    expect(found.validations).toEqual(records.flatMap(({ validation }) => validation ?? []));
    const { rocAuc, prAuc } = evaluated.metrics;
    expect([found.roc.vessel.area, found.pr.vessel.area]).toEqual([rocAuc, prAuc]);
    const { fpr, tpr, threshold } = found.roc.vessel;
    expect([fpr[0], tpr[0], threshold[0], fpr.at(-1), tpr.at(-1)]).toEqual([0, 0, null, 1, 1]);
    expect(found.pr.vessel.recall.at(-1)).toBe(1);
  });

  it('has the maps of each image', async () => {
    const { id } = evaluated.perImage.at(-1)!;
    const found = afterCells(
      `{"map": run.probabilities("${id}") * 255, "overlay": run.overlay("${id}")}`,
    );
    const path = `runs/quickstart/predictions/${id}`;
    const map = found.map.map((row: number[]) => row.map(Math.round));
    expect(map).toEqual(await rowsOf(`${path}.png`, 1));
    expect(found.overlay).toEqual(await rowsOf(`${path}-overlay.png`, 3));
  });

  it('finds with the exported network what netc predict finds', async () => {
    const of = ['--fov', 'eyes/fov/{id}.png'];
    await done('predict', 'runs/quickstart', 'eyes/images/01.png', '--out', 'out', ...of);
    const mask = afterCells('mask');
    expect(new Set(mask.flat())).toEqual(new Set([0, 255]));
    expect(mask).toEqual(await rowsOf('out/01-mask.png', 1));
  });
});

describe.skipIf(python === null)('a run that cannot be read', () => {
  const at = (name: string) => join(folder, 'runs/quickstart', name);

  /** What is said of `statement` while a file of the run is missing (null) or holds something else. */
  async function said(name: string, text: string | null, statement: string): Promise<string> {
    const bytes = await readFile(at(name));
    await (text === null ? rm(at(name)) : writeFile(at(name), text));
    const line = lastLine(statement);
    await writeFile(at(name), bytes);
    return line;
  }
  const shown = 'read_run.Unreadable: ../../runs/quickstart';

  it.each([
    ['metrics.json', 'run.scores', 'netc evaluate'],
    ['log.jsonl', 'run.losses', 'netc train'],
    ['scores/roc.json', 'run.roc', 'netc evaluate'],
    ['scores/pr.json', 'run.pr', 'netc evaluate'],
  ])('without its %s says what writes it', async (name, statement, writer) => {
    const expected = `${shown}/${name} is missing: \`${writer}\` writes it`;
    expect(await said(name, null, statement)).toBe(expected);
  });

  it.each([
    ['metrics.json', '{', 'run.scores', 'is damaged: Expecting property name'],
    ['metrics.json', '[]', 'run.report', 'is damaged: it has no metrics'],
    [
      'metrics.json',
      '{"metrics": {"f1": "high"}, "perImage": []}',
      'run.scores',
      "'high' is no number",
    ],
    ['metrics.json', '{"metrics": {}, "perImage": [{}]}', 'run.images', 'an image without an id'],
    ['scores/roc.json', '{"curves": [{"name": "a"}]}', 'run.roc', "is damaged: KeyError('area')"],
    ['scores/pr.json', '{"curves": 1}', 'run.pr', 'is damaged: it has no curves'],
  ])('names its damaged %s: %s', async (name, text, statement, words) => {
    const line = await said(name, text, statement);
    expect(line).toContain(`${shown}/${name} `);
    expect(line).toContain(words);
  });

  it('names the damaged line of its log, and leaves out a last one that has no end', async () => {
    const step = '{"step":1,"loss":null,"learningRate":0.1,"seconds":1}\n';
    const told = 'print(run.losses)';
    expect(await said('log.jsonl', `${step}{"step":2,"lo`, told)).toBe(
      "[{'step': 1, 'loss': nan, 'learningRate': 0.1, 'seconds': 1}]",
    );
    expect(await said('log.jsonl', `${step}{"step":2,"lo\n${step}`, told)).toContain(
      `${shown}/log.jsonl:2 is damaged`,
    );
    for (const line of ['7', '{"step":2}', '{"validation":3}', '{"validation":{"f1":1}}'])
      expect(await said('log.jsonl', `${line}\n`, told)).toBe(
        `${shown}/log.jsonl:1 is damaged: it tells neither a step's loss nor a validation`,
      );
  });

  it('names its damaged or missing picture, and images that were scored', async () => {
    const { id } = evaluated.perImage[0]!;
    const name = `predictions/${id}.png`;
    const whole = await readFile(at(name));
    const map = `run.probabilities("${id}")`;
    expect(await said(name, null, map)).toContain(`${shown}/${name} is missing`);
    expect(await said(name, 'no picture', map)).toContain(`${shown}/${name} is damaged`);
    await writeFile(at(name), whole.subarray(0, whole.length / 2));
    expect(lastLine(map)).toContain(`${shown}/${name} is damaged`);
    await cp(at(`predictions/${id}-overlay.png`), at(name));
    expect(lastLine(map)).toContain('its pixels are RGB, and netc writes L');
    await writeFile(at(name), whole);
    expect(lastLine('run.overlay("../eyes")')).toContain(
      `${shown} has no scores of an image '../eyes': it has ${id}, `,
    );
  });

  it('is not taken for one where there is none', async () => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    expect(lastLine('Run("../../empty")')).toBe(
      'read_run.Unreadable: ../../empty is not the folder of a run: it has neither experiment.yaml nor metrics.json',
    );
  });
});
