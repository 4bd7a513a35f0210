import { type Command, Option } from 'commander';

/** `--output`, which says what `--out` says. */
class OutputOption extends Option {
  override attributeName(): string {
    return 'out';
  }
}

/**
 * Gives a command the one option for where its results go: `-o`, `--out` and `--output`, each of them `options.out`.
 * @param value what it takes, as help shows it: `<folder>`
 */
export function outOption(
  command: Command,
  value: '<file>' | '<folder>',
  description: string,
  { required = false } = {},
): Command {
  const option = new Option(`-o, --out ${value}`, description).makeOptionMandatory(required);
  return command.addOption(option).addOption(new OutputOption(`--output ${value}`).hideHelp());
}
