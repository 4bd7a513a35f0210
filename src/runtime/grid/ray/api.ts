import { readFileSync } from 'node:fs';
import http, { type RequestOptions } from 'node:http';
import https from 'node:https';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Resources } from '../../ablation/resources.js';
import { counted } from '../../errors/counted.js';
import { InputError, MachineError } from '../../errors/errors.js';

/** A job as Ray's Jobs API tells of it. */
export interface RayJob {
  readonly submission_id: string;
  readonly status: 'PENDING' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';
  readonly message?: string | null;
  readonly error_type?: string | null;
  readonly driver_exit_code?: number | null;
}

export interface RaySubmission {
  readonly submission_id: string;
  /** A line of a shell. */
  readonly entrypoint: string;
  readonly entrypoint_num_cpus: number;
  readonly entrypoint_num_gpus: number;
  readonly entrypoint_memory: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What the cluster has of what a job asks for, and what of it is in use, by anyone's jobs. */
export type Usage = Readonly<
  Record<(typeof kinds)[number], { readonly used: number; readonly all: number }>
>;
export const kinds = ['cpus', 'gpus', 'memory'] as const;

/** In words. */
export const amountOf = (kind: (typeof kinds)[number], amount: number): string =>
  kind === 'memory'
    ? `${Math.round(amount / 1e6)} MB of memory`
    : counted(amount, kind === 'cpus' ? 'CPU' : 'GPU');

/** Ray's Jobs API at an address. Methods throw MachineError where Ray does not answer. */
export class RayApi {
  readonly #headers: Readonly<Record<string, string>>;

  constructor(
    readonly address: string,
    token: string | null = null,
  ) {
    this.#headers = token === null ? {} : { authorization: `Bearer ${token}` };
  }

  jobs = async (): Promise<readonly RayJob[]> =>
    ((await this.#ask('GET', '/api/jobs/')) as RayJob[]).filter((job) => job.submission_id);

  async submit(job: RaySubmission): Promise<void> {
    await this.#ask('POST', '/api/jobs/', job);
  }

  /** One that waits is begun and ended when its turn comes: Ray knows no other way. */
  async stop(id: string): Promise<void> {
    await this.#ask('POST', `/api/jobs/${id}/stop`, {});
  }

  /** Null where the cluster does not tell. */
  async usage(): Promise<Usage | null> {
    const { data } = (await this.#ask('GET', '/api/cluster_status')) as {
      data?: { clusterStatus?: { loadMetricsReport?: { usage?: Record<string, number[]> } } };
    };
    const usage = data?.clusterStatus?.loadMetricsReport?.usage;
    if (!usage) return null;
    const of = (name: string) => ({ used: usage[name]?.[0] ?? 0, all: usage[name]?.[1] ?? 0 });
    return { cpus: of('CPU'), gpus: of('GPU'), memory: of('memory') };
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { address } = this;
    const headers = { ...this.#headers, 'content-type': 'application/json' };
    const answer = await sent(`${address}${path}`, { method, headers }, body).catch((error) => {
      throw new MachineError(`Ray does not answer at ${address}: ${error.message || error.code}`);
    });
    const { status, text } = answer;
    if (status === 401 || status === 403) {
      const way = 'set RAY_AUTH_TOKEN, or keep it in ~/.ray/auth_token';
      throw new InputError(`Ray at ${address} asks for another token: ${way}`);
    }
    if (status < 300) return text === '' ? null : JSON.parse(text);
    const said = `Ray at ${address} answers ${status}: ${lastLine(text)}`;
    throw status < 500 ? new InputError(said) : new MachineError(said);
  }
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/** How long an answer may take, in milliseconds. */
const timeout = 60_000;

/** Not by `fetch`, which says that it is a browser's: Ray takes no submission from a browser. */
function sent(url: string, options: RequestOptions, body: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const asked = request(url, { ...options, timeout }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      response.on('error', reject);
    });
    asked.on('timeout', () => asked.destroy(new Error('nothing came within a minute')));
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1) ?? '';

/** The Jobs API of an address, with the token that Ray's own programs would send. */
export const rayApi = (address: string, env = process.env): RayApi =>
  new RayApi(address.replace(/\/$/, ''), tokenIn(env));

/** From where Ray's own programs take it; null where there is none. */
function tokenIn(env: NodeJS.ProcessEnv): string | null {
  if (env.RAY_AUTH_TOKEN) return env.RAY_AUTH_TOKEN;
  const path = env.RAY_AUTH_TOKEN_PATH || join(env.HOME ?? homedir(), '.ray', 'auth_token');
  try {
    return readFileSync(path, 'utf8').trim() || null;
  } catch {
    return null;
  }
}

/** Whether the cluster has room for one more job, and for those that were given to it and may not show yet. */
export function hasRoom(usage: Usage, asked: Resources, own: readonly Resources[]): boolean {
  return kinds.every((key) => {
    const ours = own.reduce((sum, one) => sum + one[key], 0);
    return Math.max(usage[key].used, ours) + asked[key] <= usage[key].all;
  });
}
