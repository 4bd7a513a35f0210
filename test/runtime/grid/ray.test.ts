import { writeFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openAblation } from '../../../src/runtime/ablation/load-ablation.js';
import { markCancelled } from '../../../src/runtime/grid/cancelled.js';
import { gridOf, readGrid } from '../../../src/runtime/grid/grid.js';
import { hasRoom, RayApi, type RayJob, rayApi } from '../../../src/runtime/grid/ray/api.js';
import { runOnRay } from '../../../src/runtime/grid/ray/run-on-ray.js';
import { submissionOf } from '../../../src/runtime/grid/ray/submission.js';
import { openSite } from '../../../src/runtime/grid/site.js';
import { checkpointOf } from '../../../src/runtime/runs/checkpoint.js';
import { ablationFolder, ablationText } from '../ablation/fake-runs.js';

const site = openSite(undefined, '');
const resources = { cpus: 2, gpus: 0, memory: 2 ** 30, time: null };

type Ending = Pick<RayJob, 'status' | 'driver_exit_code' | 'error_type'>;

let folder: string;
let server: Server;
let api: RayApi;
/** In the order in which they were posted. */
let jobs: Map<string, RayJob & { readonly run: string; readonly looks?: number }>;
/** How a job ends, by its run and the number of its attempt. */
let endOf: (run: string, attempt: number) => Ending | undefined;
let mostAtOnce: number;
/** Whether what is posted is taken and not answered for. */
let isMute = false;

/** A head of Ray as far as netc asks: a job is pending when it is posted, runs at the next look, and ends at the third one after. */
function answer(method: string, path: string, body: string): unknown {
  if (path === '/api/cluster_status') {
    const running = [...jobs.values()].filter(({ status }) => status === 'RUNNING').length;
    const usage = { CPU: [2 * running, 4], memory: [0, 2 ** 40] };
    return { data: { clusterStatus: { loadMetricsReport: { usage } } } };
  }
  if (method === 'POST') {
    const { submission_id, metadata } = JSON.parse(body);
    if (jobs.has(submission_id)) throw new Error(`${submission_id} already exists`);
    jobs.set(submission_id, { submission_id, status: 'PENDING', run: metadata.run });
    return { submission_id };
  }
  for (const [id, job] of jobs) {
    const attempt = Number(/-a(\d+)$/.exec(id)?.[1]);
    const looks = (job.looks ?? 0) + 1;
    if (job.status === 'RUNNING')
      jobs.set(id, { ...job, looks, ...(looks > 2 && endOf(job.run, attempt)) });
    if (job.status === 'PENDING') jobs.set(id, { ...job, status: 'RUNNING' });
  }
  const live = [...jobs.values()].filter(({ status }) => /RUNNING|PENDING/.test(status));
  mostAtOnce = Math.max(mostAtOnce, live.length);
  return [...jobs.values()];
}

beforeEach(async () => {
  folder = await ablationFolder(ablationText.replace('seeds: [1, 2]', 'seeds: [1]'));
  jobs = new Map();
  mostAtOnce = 0;
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      // As Ray does.
      if (request.method === 'POST' && request.headers['sec-fetch-mode']) {
        response.writeHead(405).end('not allowed for browser traffic');
        return;
      }
      try {
        const answered = JSON.stringify(answer(request.method!, request.url!, body));
        if (isMute && request.method === 'POST') response.writeHead(502).end('no answer');
        else response.end(answered);
      } catch (error) {
        response.writeHead(500).end(String(error));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  api = new RayApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true });
});

async function markDone(run: string): Promise<void> {
  const at = join(folder, 'out', 'runs', run);
  await mkdir(at, { recursive: true });
  const files = {
    'run.json': { identity: run, usage: {} },
    'metrics.json': { metrics: {}, perImage: [] },
  };
  for (const [name, value] of Object.entries(files))
    await writeFile(join(at, name), JSON.stringify(value));
  await writeFile(join(at, 'report.html'), '');
}

function queue(attempts: Readonly<Record<string, number>> = {}, asked = resources) {
  const output = join(folder, 'out');
  const { runs } = openAblation(join(folder, 'a.yaml'), { set: [], out: output });
  const grid = {
    ...gridOf('ray', [], undefined),
    id: 'g',
    ray: { address: api.address, attempts },
  };
  const lines: string[] = [];
  const start = { folder, grid: 'g', program: ['netc'], args: ['ablate', 'a.yaml'] };
  const all = runOnRay({
    grid,
    output,
    runs: runs.map((run) => ({ run, identity: run.name, resources: asked })),
    atOnce: null,
    api,
    start,
    site,
    pace: 0.01,
    watcher: {
      onStage() {},
      onLine: (run, line) => lines.push(`${run.name}: ${line}`),
      onEnd: (run, failure) => lines.push(`${run.name}: ${failure ? 'failed' : 'done'}`),
    },
    onNote: (line) => lines.push(line),
  });
  return { all, lines, output };
}

const done: Ending = { status: 'SUCCEEDED' };
const killed: Ending = { status: 'FAILED', driver_exit_code: 137, error_type: 'X' };
const names = ['u-net-s1', 'r2au-net-s1', 'small-net-s1'];

describe('netc ablate --on ray', () => {
  it('gives Ray no more than there is room for, and ends when all runs are done', async () => {
    for (const name of names) await markDone(name);
    endOf = () => done;
    const { all, lines } = queue();
    expect(await all.ended).toEqual([]);
    expect([...jobs.keys()]).toEqual(names.map((name) => `netc-g-${name}-a1`));
    expect(mostAtOnce).toBe(2);
    expect(lines.filter((line) => line.endsWith(': done'))).toHaveLength(3);
  });

  it('begins a job again that died, under another id, and not one that failed by itself', async () => {
    for (const name of names.slice(0, 2)) await markDone(name);
    await rm(join(folder, 'out', 'runs', names[0]!, 'report.html'));
    endOf = (run, attempt) => {
      if (run === names[2]) return { status: 'FAILED', driver_exit_code: 1 };
      return run === names[0] && attempt < 3 ? killed : done;
    };
    const { all } = queue();
    const failures = await all.ended;
    expect(failures.map(({ run }) => run).sort()).toEqual([names[2], names[0]].sort());
    const tried = [...jobs.keys()].filter((id) => id.startsWith(`netc-g-${names[0]}`));
    expect(tried).toEqual([1, 2, 3].map((n) => `netc-g-${names[0]}-a${n}`));
    expect([...jobs.keys()].filter((id) => id.startsWith(`netc-g-${names[2]}`))).toHaveLength(1);
    const kept = await readGrid(join(folder, 'out'));
    expect(kept?.ray?.attempts[names[0]!]).toBe(3);
  });

  it('takes over what an earlier process submitted, and uses no id twice', async () => {
    for (const name of names) await markDone(name);
    endOf = () => done;
    const id = `netc-g-${names[0]}-a4`;
    jobs.set(id, { submission_id: id, status: 'PENDING', run: names[0]! });
    const { all } = queue({ [names[0]!]: 4, [names[1]!]: 2 });
    expect(await all.ended).toEqual([]);
    const expected = [id, `netc-g-${names[1]}-a3`, `netc-g-${names[2]}-a1`];
    expect([...jobs.keys()]).toEqual(expected);
  });

  it('submits no more once it is cancelled', async () => {
    endOf = () => undefined;
    const { all, output } = queue();
    const ended = expect(all.ended).rejects.toThrow('cancelled by netc cancel');
    while (jobs.size === 0) await setTimeout(5);
    await markCancelled(output);
    await ended;
    expect(jobs.size).toBeLessThan(3);
  });

  it('goes on with a run whose time was over, where it left a checkpoint', async () => {
    for (const name of names) await markDone(name);
    const folderOf = (name: string) => join(folder, 'out', 'runs', name);
    for (const name of names.slice(0, 2)) await rm(join(folderOf(name), 'report.html'));
    const last = join(folderOf(names[0]!), 'checkpoints', 'last.safetensors');
    await mkdir(dirname(last));
    endOf = (run, attempt) => {
      if (run === names[0]) writeFileSync(last, checkpointOf({}, attempt).bytes);
      if (run === names[0] && attempt === 5) writeFileSync(join(folderOf(run), 'report.html'), '');
      return run === names[2] || attempt === 5 ? done : { status: 'FAILED', driver_exit_code: 124 };
    };
    const failures = await queue().all.ended;
    expect(failures.map(({ run }) => run)).toEqual([names[1]]);
    expect([...jobs.keys()].filter((id) => id.startsWith(`netc-g-${names[0]}`))).toHaveLength(5);
  });

  it('gives up a run whose time was too short to come any further', async () => {
    for (const name of names.slice(1)) await markDone(name);
    endOf = (run) => (run === names[0] ? { status: 'FAILED', driver_exit_code: 124 } : done);
    const [failure] = await queue().all.ended;
    expect(failure).toMatchObject({
      run: names[0],
      lastLines: [expect.stringMatching(/^the time of the job was over .*: give more by --time$/)],
    });
    expect([...jobs.keys()].filter((id) => id.startsWith(`netc-g-${names[0]}`))).toHaveLength(1);
  });

  it('finds a job that Ray took and did not answer for', async () => {
    for (const name of names) await markDone(name);
    endOf = () => done;
    isMute = true;
    const { all } = queue();
    while (jobs.size === 0) await setTimeout(5);
    isMute = false;
    expect(await all.ended).toEqual([]);
    expect([...jobs.keys()]).toEqual(names.map((name) => `netc-g-${name}-a1`));
  });

  it('says what a run waits for that the cluster does not have', async () => {
    endOf = () => done;
    for (const name of names) await markDone(name);
    const { all, lines, output } = queue({}, { ...resources, gpus: 1 });
    while (lines.length === 0) await setTimeout(5);
    const ended = expect(all.ended).rejects.toThrow();
    await setTimeout(50);
    await markCancelled(output);
    await ended;
    expect(lines).toEqual([
      `${names[0]} asks for 1 GPU, and the cluster has 0 GPUs: it waits until there are more`,
    ]);
  });

  it('says that Ray does not answer', async () => {
    const nobody = new RayApi('http://127.0.0.1:1');
    await expect(nobody.jobs()).rejects.toThrow(/Ray does not answer at http:\/\/127\.0\.0\.1:1/);
  });

  it("sends the token that Ray's own programs would send", async () => {
    await mkdir(join(folder, '.ray'));
    await writeFile(join(folder, '.ray', 'auth_token'), 'of-home\n');
    const sent: (string | undefined)[] = [];
    server.on('request', (request) => sent.push(request.headers.authorization));
    await rayApi(api.address, { HOME: folder }).jobs();
    await rayApi(`${api.address}/`, { HOME: folder, RAY_AUTH_TOKEN: 'of-variable' }).jobs();
    await rayApi(api.address, { HOME: join(folder, 'other') }).jobs();
    expect(sent).toEqual(['Bearer of-home', 'Bearer of-variable', undefined]);
  });
});

describe('what is posted', () => {
  it('is a line of a shell, from the folder, with what the run is given', () => {
    const start = { folder: '/a b', grid: 'g', program: ['node', 'netc'], args: ['ablate', 'x'] };
    const limited = { ...resources, time: 60 };
    const posted = submissionOf({ run: { name: 'r' }, resources: limited }, 2, {
      grid: { ...gridOf('ray', [], undefined), id: 'g' },
      start,
      site: { ...site, setup: ['module load x'] },
    });
    expect(posted).toMatchObject({
      submission_id: 'netc-g-r-a2',
      entrypoint_num_cpus: 2,
      entrypoint_memory: 2 ** 30,
      entrypoint:
        "cd '/a b' && export NETC_GRID=g NETC_THREADS=2 && module load x && " +
        'exec timeout --signal=TERM --kill-after=60 60 node netc ablate x --only r',
    });
  });

  it('waits for room of every kind', () => {
    const usage = {
      cpus: { used: 1, all: 4 },
      gpus: { used: 0, all: 0 },
      memory: { used: 0, all: 2 ** 31 },
    };
    expect(hasRoom(usage, resources, [])).toBe(true);
    expect(hasRoom(usage, { ...resources, gpus: 1 }, [])).toBe(false);
    expect(hasRoom(usage, resources, [resources, resources])).toBe(false);
    expect(hasRoom(usage, { ...resources, cpus: 4 }, [])).toBe(false);
  });
});
