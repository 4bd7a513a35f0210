import type { Code } from '../compiler/diagnostics/codes.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { painter } from '../compiler/diagnostics/paint.js';
import { renderDiagnostics } from '../compiler/diagnostics/render.js';
import { visible, visibleJson } from '../compiler/diagnostics/visible.js';
import { DiagnosedError, InputError, MachineError } from '../runtime/errors/errors.js';

/** What a command ends with. */
export const status = { done: 0, input: 1, commandLine: 2, machine: 3, interrupted: 130 } as const;

/** Errors of the system that say that the machine, not the input, is at fault. */
const machineCodes = new Set([
  ...['ENOSPC', 'EDQUOT', 'EFBIG', 'ENOMEM', 'EIO', 'EROFS', 'EMFILE', 'ENFILE'],
  'ERR_OUT_OF_MEMORY',
]);

/** Prints what went wrong, without a stack where it was foreseen, and returns the exit status. */
export function reportFailure(error: unknown, json: boolean): number {
  const exit = statusOf(error);
  if (error instanceof DiagnosedError) {
    printDiagnostics(error.diagnostics, json);
    return exit;
  }
  const message = error instanceof Error ? error.message : String(error);
  if (json) printJson({ error: { status: exit, message } });
  for (const line of message.split('\n')) process.stderr.write(`error: ${visible(line)}\n`);
  return exit;
}

function statusOf(error: unknown): number {
  if (error instanceof InputError) return status.input;
  if (error instanceof MachineError) return status.machine;
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code !== undefined && machineCodes.has(code) ? status.machine : status.input;
}

/** As one JSON object on standard output, or for people on standard error. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], json: boolean): void {
  if (json) printJson({ diagnostics: diagnostics.map(diagnosticToJson) });
  else if (diagnostics.length > 0) {
    const { colour, width, isTerminal } = terminalOf(process.stderr);
    process.stderr.write(`${renderDiagnostics(diagnostics, { colour, width })}\n`);
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error && isTerminal) hint(error.code, colour);
  }
}

let hinted = false;

/** Once a run, for people: where the first error is told in full. */
function hint(code: Code, colour: boolean): void {
  if (hinted) return;
  hinted = true;
  process.stderr.write(`\n${painter(colour)('help', `netc explain ${code}`)} says more\n`);
}

interface Terminal {
  readonly isTerminal: boolean;
  readonly colour: boolean;
  readonly width: number;
}

/** How wide a stream shows text, and whether in colours: on a terminal only, and not under `NO_COLOR`. */
export function terminalOf(stream: NodeJS.WriteStream): Terminal {
  const isTerminal = stream.isTTY === true;
  // A terminal that does not know its width says 0.
  const width = stream.columns || 100;
  return { isTerminal, colour: isTerminal && !process.env.NO_COLOR, width };
}

export const printJson = (value: unknown): void => {
  process.stdout.write(`${visibleJson(JSON.stringify(value))}\n`);
};
