import { table, withParts } from './marked-parts.mjs';

const path = 'docs/commands.md';

/** The page on commands, with what `--help` says of each in its place; a command without one is an error. */
export async function commandsPage({ commandLine }, read) {
  const commands = leavesOf(await commandLine());
  const parts = commands.map((command) => [wordsOf(command).join('-'), partOf(command)]);
  return { [path]: withParts(read(path), Object.fromEntries(parts)) };
}

/** The commands that do something: `netc data check` and not `netc data`. */
const leavesOf = (command) =>
  command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);

const wordsOf = (command) =>
  command.parent === null ? [] : [...wordsOf(command.parent), command.name()];

function partOf(command) {
  const rows = [
    ...command.registeredArguments.map((argument) => [nameOf(argument), saidOf(argument)]),
    ...command.options
      .filter(({ hidden }) => !hidden)
      .map((option) => [option.flags, saidOf(option)]),
  ];
  const usage = ['netc', ...wordsOf(command), command.usage()].join(' ');
  const described = `${command.description()}\n\n\`${usage}\``;
  return `${described}\n\n${table(
    ['', ''],
    rows.map(([name, said]) => [`\`${name}\``, said]),
  )}`;
}

function nameOf(argument) {
  const shown = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${shown}>` : `[${shown}]`;
}

/** What an argument or an option is, with its choices and its default. */
function saidOf({ description, argChoices, defaultValue, mandatory }) {
  const choices = argChoices?.map((choice) => `\`${choice}\``).join(', ');
  const shown = defaultValue === undefined || Array.isArray(defaultValue) || defaultValue === true;
  const notes = [
    ...(mandatory ? ['required'] : []),
    ...(choices === undefined ? [] : [`one of ${choices}`]),
    ...(shown ? [] : [`default \`${defaultValue}\``]),
  ];
  return notes.length === 0 ? description : `${description} (${notes.join('; ')})`;
}
