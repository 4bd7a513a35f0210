import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { InputError } from '../runtime/errors/errors.js';
import { requireAbsent, writeAtomically } from '../runtime/files/disk.js';
import { runsName } from '../runtime/viewing/runs-view.js';
import { type Ask, filesBy, serve } from '../runtime/viewing/serve.js';
import { shippedTexts, textsOf, type ViewedTexts } from '../runtime/viewing/texts.js';
import { runsIn, trialFiles } from '../runtime/viewing/trial-files.js';
import type { WatchedRuns } from '../runtime/viewing/watch-runs.js';
import { inlined, type Page, pageOf } from '../view/page.js';
import type { PageData } from '../view/page-data.js';
import { runsStyle } from '../view/runs/style.js';
import { style } from '../view/style.js';
import { printJson } from './failure.js';
import { outOption } from './out-option.js';
import { printNote, printResult } from './output.js';

interface ViewOptions {
  readonly static?: boolean;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly json?: boolean;
}

export function registerView(program: Command): void {
  const command = program
    .command('view')
    .description(
      'Shows networks and runs in the browser: text, drawing and cost as they are edited; scores and curves as runs train.',
    )
    .argument(
      '[files...]',
      ".net files, experiments or runs' folders; the networks that netc ships unless given",
    )
    .option('--static', 'write the page as a file for a web host, and serve nothing')
    .option('--overwrite', 'with --static: replace the page that is there')
    .option('--json', 'print one JSON object')
    .action(run);
  outOption(command, '<folder>', 'with --static: where the page goes');
}

async function run(
  files: readonly string[],
  options: ViewOptions,
  command: Command,
): Promise<void> {
  const { out, json } = options;
  if (options.static && out === undefined) command.error('error: --static writes files: add --out');
  if (!options.static && (out !== undefined || options.overwrite)) {
    command.error('error: --out and --overwrite go with --static');
  }
  const texts = textsNow(files);
  const folders = runsIn(files);
  const runs = folders.length === 0 ? undefined : await watched(folders);
  const shown = options.static ? await runs?.view() : runs && 'served';
  const make = await pageMaker(texts, shown, options.static ? [] : folders);
  if (out !== undefined) {
    const path = join(out, 'index.html');
    if (!options.overwrite) requireAbsent(path);
    await mkdir(out, { recursive: true });
    await writeAtomically(path, make().html);
    if (json) printJson({ page: path });
    else printResult(`${path}\n`);
    return;
  }
  const { address, close } = await serve(make, runs && askOf(runs, folders));
  if (json) printJson({ address });
  else printResult(`${address}\n`);
  printNote('open this address in a browser of this machine; Ctrl+C ends it\n');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

/** Charts and scores are read only where there are runs. */
const watched = (folders: readonly string[]): Promise<WatchedRuns> =>
  import('../runtime/viewing/watch-runs.js').then(({ watchRuns }) => watchRuns(folders));

/** The page asks for its runs again and again, for an image of them, and for what it takes to try one. */
function askOf(runs: WatchedRuns, folders: readonly string[]): Ask {
  const trial = filesBy(trialFiles(folders, new URL('view-trial.js', import.meta.url)));
  return async (name, known) => {
    if (name !== runsName) {
      const body = await runs.image(name);
      return body ? { type: 'application/octet-stream', body, version: '' } : trial(name, known);
    }
    const version = await runs.version();
    if (version === known) return 'unchanged';
    return { type: 'application/json', body: JSON.stringify(await runs.view()), version };
  };
}

/** Gives the texts as they are at each question. Where a file is gone or unfit by then, says so and gives them as they were. */
function textsNow(files: readonly string[]): () => ViewedTexts {
  const read = () => (files.length === 0 ? shippedTexts() : textsOf(files));
  let texts = read();
  return () => {
    try {
      texts = read();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      printNote(`${error.message}\nthe page has the texts as they were before\n`);
    }
    return texts;
  };
}

/** Makes the page anew each time it is asked for, with a nonce of its own. */
async function pageMaker(
  textsNow: () => ViewedTexts,
  runs: PageData['runs'],
  trials: readonly string[],
): Promise<() => Page> {
  // The build puts them beside this file.
  const built = (name: string): Promise<string> =>
    readFile(new URL(`${name}.js`, import.meta.url), 'utf8').then(inlined);
  const [script, worker] = (await Promise.all(['view-page', 'view-worker'].map(built))) as [
    string,
    string,
  ];
  const scriptHash = createHash('sha256').update(script).digest('base64');
  return () => {
    const nonce = randomBytes(18).toString('base64');
    const looks = style + runsStyle;
    return pageOf({ ...textsNow(), runs, trials, nonce, script, worker, scriptHash, style: looks });
  };
}
