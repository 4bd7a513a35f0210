#!/usr/bin/env node
import { CommanderError } from 'commander';
import { reportFailure, status } from './failure.js';
import { printNote } from './output.js';
import { commandLine } from './program.js';

/** A run that `netc ablate` started must not go on without it, whatever ended it. */
function endWithParent(): void {
  const end = () => process.exit(143);
  // It may have ended before this program listened, while its modules were read.
  if (process.connected === false) end();
  process.on('disconnect', end);
  process.channel?.unref();
}

/** Says what is wrong with the command line; Commander has printed the help, or the version, that was asked for. */
async function refuse(error: CommanderError, args: readonly string[]): Promise<number> {
  if (error.exitCode === 0) return status.done;
  if (!error.code.startsWith('commander.help')) {
    const { hintFor } = await import('./command-line-hints.js');
    const [message, ...suggestion] = error.message.split('\n');
    const hint = hintFor(error, args, program);
    const lines = [message, ...(hint ? [`(${hint})`] : suggestion), '(add --help for the options)'];
    printNote(`${lines.join('\n')}\n`);
  }
  return status.commandLine;
}

endWithParent();

// A reader that has read enough, such as `head`, closes the pipe: nobody is left to tell.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

const program = await commandLine(process.argv[2]);
try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError)
    process.exitCode = await refuse(error, process.argv.slice(2));
  else process.exitCode = reportFailure(error, process.argv.includes('--json'));
}
