import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { requireAbsent, writeAtomically } from '../runtime/files/disk.js';
import { type Asset, serve } from '../runtime/viewing/serve.js';
import { shippedTexts, textsOf, type ViewedTexts } from '../runtime/viewing/texts.js';
import { runsIn, trialFiles } from '../runtime/viewing/trial-files.js';
import { inlined, type Page, pageOf } from '../view/page.js';
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
    .description('Shows networks in the browser: text, drawing and cost, as they are edited.')
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
  const texts = files.length === 0 ? shippedTexts() : textsOf(files);
  const runs = options.static ? [] : runsIn(files);
  const make = await pageMaker(texts, runs);
  if (out !== undefined) {
    const path = join(out, 'index.html');
    if (!options.overwrite) requireAbsent(path);
    await mkdir(out, { recursive: true });
    await writeAtomically(path, make().html);
    if (json) printJson({ page: path });
    else printResult(`${path}\n`);
    return;
  }
  const { address, close } = await serve(make, assetsOf(runs));
  if (json) printJson({ address });
  else printResult(`${address}\n`);
  printNote('open this address in a browser of this machine; Ctrl+C ends it\n');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void close());
}

const assetsOf = (runs: readonly string[]): ReadonlyMap<string, Asset> =>
  runs.length === 0 ? new Map() : trialFiles(runs, new URL('view-trial.js', import.meta.url));

/** Makes the page anew each time it is asked for, with a nonce of its own. */
async function pageMaker(
  { texts, viewed }: ViewedTexts,
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
    return pageOf({ texts, viewed, trials, nonce, script, worker, scriptHash, style });
  };
}
