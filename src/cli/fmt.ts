import { readFileSync, realpathSync } from 'node:fs';
import type { Command } from 'commander';
import { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { formatFile } from '../compiler/format/format.js';
import type { SourceFile } from '../compiler/source/source.js';
import { parseFile } from '../compiler/syntax/parse.js';
import { counted } from '../runtime/errors/counted.js';
import { DiagnosedError } from '../runtime/errors/errors.js';
import { writeAtomically } from '../runtime/files/disk.js';
import { otherKind } from '../runtime/files/kinds.js';
import { missing } from '../runtime/files/missing.js';
import { readText } from '../runtime/files/text.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { printResult, printText } from './output.js';
import { isNetFile, sourceFiles } from './source-files.js';

interface FmtOptions {
  readonly check?: boolean;
  readonly stdin?: boolean;
  readonly json?: boolean;
}

export function registerFmt(program: Command): void {
  program
    .command('fmt')
    .description('Formats .net files; what they mean never changes.')
    .argument('[paths...]', '.net files, folders of them, or - for standard input')
    .option('--check', 'write nothing; fail where a file would change')
    .option('--stdin', 'format standard input to standard output')
    .option('--json', 'print one JSON object')
    .action(run);
}

async function run(paths: readonly string[], options: FmtOptions, command: Command): Promise<void> {
  const piped = options.stdin === true || paths.includes('-');
  if (piped && paths.some((path) => path !== '-')) {
    command.error('error: give either paths or standard input');
  }
  if (piped) formatInput(options);
  else if (paths.length === 0) command.error('error: name .net files or folders, or give --stdin');
  else await formatPaths(paths, options);
}

function formatInput({ check, json }: FmtOptions): void {
  const source = { path: 'standard input', text: readFileSync(0, 'utf8') };
  const text = formatFile(source);
  if (text === undefined) throw new DiagnosedError(diagnosticsOf(source));
  const changed = text !== source.text;
  if (check && changed) process.exitCode = status.input;
  if (json) printJson({ changed, ...(check ? {} : { text }) });
  else if (!check) printText(text);
  else if (changed) printResult('standard input would change\n');
}

/** A file with errors of syntax is reported and left as it is; the others are formatted. */
async function formatPaths(paths: readonly string[], { check, json }: FmtOptions): Promise<void> {
  const files = sourceFiles(paths, isNetFile);
  const diagnostics = new Diagnostics();
  const changed: string[] = [];
  for (const path of files) {
    const source = { path, text: textAt(path) };
    const text = formatFile(source);
    const other = text === undefined ? otherKind(path, 'network') : undefined;
    if (other) throw other;
    if (text === undefined) parseFile(source, diagnostics);
    else if (text !== source.text) {
      changed.push(path);
      // Where the path is a link, the file it leads to is written.
      if (!check) await writeAtomically(realpathSync(path), text);
    }
  }
  if (diagnostics.hasErrors || (check && changed.length > 0)) process.exitCode = status.input;
  const errors = diagnostics.all();
  if (json) {
    printJson({ files: files.length, changed, diagnostics: errors.map(diagnosticToJson) });
    return;
  }
  printDiagnostics(errors, false);
  for (const path of changed) {
    printResult(`${path} ${check ? 'would change' : 'formatted'}\n`);
  }
  if (changed.length === 0 && errors.length === 0) {
    printResult(`nothing to change in ${counted(files.length, 'file')}\n`);
  }
}

/** Throws `InputError` where there is no text to be formatted. */
function textAt(path: string): string {
  const text = readText(path);
  if (text === undefined) throw missing(path, 'name a .net file', 'network');
  return text;
}

function diagnosticsOf(source: SourceFile): ReturnType<Diagnostics['all']> {
  const diagnostics = new Diagnostics();
  parseFile(source, diagnostics);
  return diagnostics.all();
}
