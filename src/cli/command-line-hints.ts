import type { Command, CommanderError } from 'commander';
import { settingFor } from '../runtime/experiments/setting-for.js';
import { type FileKind, kindOfFile } from '../runtime/files/kinds.js';

/** Commands by the names that other tools give them. */
const called: Readonly<Record<string, string>> = {
  ...each('eval test score metrics', 'evaluate RUN'),
  ...each('fit run-training', 'train EXPERIMENT'),
  ...each('resume continue', 'train --resume RUN'),
  ...each('infer inference segment apply', 'predict RUN IMAGES'),
  ...each('lint validate verify', 'check FILES'),
  ...each('format', 'fmt FILES'),
  ...each('build emit', 'compile FILE'),
  ...each('summary info params flops stats profile', 'count FILE'),
  ...each('plot draw visualize visualise show view', 'graph FILE --format svg'),
  ...each('install init', 'setup'),
  ...each('convert import', 'weights import FILE'),
  ...each('save onnx', 'export RUN --to onnx'),
  ...each('ablation sweep', 'ablate ABLATION'),
  ...each('status list', 'ablate ABLATION --dry-run'),
};

function each(words: string, line: string): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, line]));
}

/** What is done with a file that was given in the place of a command. */
const byKind: Readonly<Partial<Record<FileKind, string>>> = {
  network: 'check',
  experiment: 'train',
  ablation: 'ablate',
  run: 'evaluate',
  folder: 'data check',
};

const withExperiment = new Set(['train', 'evaluate', 'predict', 'ablate', 'check', 'data']);

/** What somebody most likely meant by a command line that Commander refused; undefined where that cannot be told. */
export function hintFor(
  { code }: CommanderError,
  args: readonly string[],
  program: Command,
): string | undefined {
  const [command = ''] = args;
  if (code === 'commander.unknownCommand') return commandHint(args);
  if (code === 'commander.unknownOption') {
    const option = unknownOption(args, program);
    if (option === undefined) return undefined;
    if (option === '-v') return 'netc --version says which it is';
    return withExperiment.has(command) ? optionHint(option, args) : undefined;
  }
  if (code === 'commander.excessArguments' && withExperiment.has(command)) {
    const setting = args.find(
      (arg) => /^[\w.]+=/.test(arg) && args[args.indexOf(arg) - 1] !== '--set',
    );
    return setting && `a setting stands behind --set: --set ${setting}`;
  }
  return undefined;
}

/** The first option that the command does not have. */
function unknownOption(args: readonly string[], program: Command): string | undefined {
  let command = program;
  for (const arg of args) {
    const inner = command.commands.find((each) => each.name() === arg);
    if (!inner) break;
    command = inner;
  }
  const known = command.options.flatMap(({ short, long }) => [short, long]);
  const isUnknown = (arg: string): boolean => {
    const [flag = arg] = arg.split('=', 1);
    return /^-[-a-z]/i.test(arg) && !known.includes(flag);
  };
  return args.find(isUnknown);
}

function commandHint([word = '', ...rest]: readonly string[]): string | undefined {
  if (Object.hasOwn(called, word)) return `that is netc ${called[word]}`;
  const kind = kindOfFile(word);
  const command = kind && byKind[kind];
  return command && `a command comes first: ${['netc', command, word, ...rest].join(' ')}`;
}

/** `--batch-size 4` is a key of the experiment. */
function optionHint(option: string, args: readonly string[]): string | undefined {
  const [, word, joined] = /^--([a-z][\w-]*)(?:=(.*))?$/i.exec(option) ?? [];
  if (!word) return undefined;
  const next = args[args.indexOf(option) + 1];
  const value = joined ?? (next === undefined || next.startsWith('-') ? undefined : next);
  return settingFor(word, value);
}
