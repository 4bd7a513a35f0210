import type { Command } from 'commander';
import { type Code, codes } from '../compiler/diagnostics/codes.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Explanation } from '../compiler/diagnostics/explain/explanation.js';
import { explanations } from '../compiler/diagnostics/explain/index.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { type Paint, painter, wrap } from '../compiler/diagnostics/paint.js';
import { renderDiagnostics } from '../compiler/diagnostics/render.js';
import { didYouMean } from '../compiler/diagnostics/suggest.js';
import { InputError } from '../runtime/errors/errors.js';
import { exampleDiagnostics } from '../runtime/preparation/check-text.js';
import { printJson, terminalOf } from './failure.js';

const all = (Object.keys(codes) as Code[]).sort();

export function registerExplain(program: Command): void {
  program
    .command('explain')
    .description(
      'Explains an error code with an example and its fix; without a code, lists them all.',
    )
    .argument('[code]', 'as an error shows it, such as NET0402')
    .option('--json', 'print one JSON object')
    .action((given: string | undefined, { json }: { json?: boolean }) => {
      const code = given === undefined ? undefined : codeOf(given);
      if (json)
        printJson(code ? { ...entryOf(code), ...pageOf(code) } : { codes: all.map(entryOf) });
      else process.stdout.write(`${code ? printPage(code) : printList()}\n`);
    });
}

const entryOf = (code: Code) => {
  const { title, severity } = codes[code];
  return { code, title, severity };
};

/** `402` and `net402` are NET0402 too. Throws `InputError` where there is none. */
function codeOf(given: string): Code {
  const digits = /^(?:net)?(\d{1,4})$/i.exec(given)?.[1];
  const wanted = digits ? `NET${digits.padStart(4, '0')}` : given.toUpperCase();
  const found = all.find((code) => code === wanted);
  if (found) return found;
  const near = didYouMean(wanted, all);
  const way = near ? `did you mean ${near}?` : 'netc explain lists all';
  throw new InputError(`there is no code ${given}: ${way}`);
}

/** What the wrong text of a page earns under this code. */
function earned(code: Code, page: Explanation): readonly Diagnostic[] {
  return exampleDiagnostics(page.wrong, page).filter((one) => one.code === code);
}

function pageOf(code: Code) {
  const page: Explanation = explanations[code];
  return { ...page, diagnostics: earned(code, page).map(diagnosticToJson) };
}

function printList(): string {
  const { colour } = terminalOf(process.stdout);
  const paint = painter(colour);
  return all.map((code) => `${paint(codes[code].severity, code)}  ${codes[code].title}`).join('\n');
}

function printPage(code: Code): string {
  const { colour, width } = terminalOf(process.stdout);
  const paint = painter(colour);
  const { title, severity } = codes[code];
  const head = `${paint(severity, `${severity} ${code}`)}: ${paint('title', title)}`;
  const page: Explanation = explanations[code];
  const diagnostics = renderDiagnostics(earned(code, page).slice(0, 1), {
    colour,
    width: width - 4,
  });
  return [
    head,
    ...wrap(page.meaning, width - 2).map((line) => `  ${line}`),
    ...part('Wrong', page.wrong, paint),
    ...part('netc says', diagnostics, paint),
    ...part('Right', page.right, paint),
    ...Object.entries(page.files ?? {}).flatMap(([path, text]) =>
      part(`Beside it, ${path}`, text, paint),
    ),
  ].join('\n');
}

const part = (title: string, text: string, paint: Paint): readonly string[] => [
  '',
  `  ${paint('title', title)}`,
  '',
  ...text
    .trimEnd()
    .split('\n')
    .map((line) => (line ? `    ${line}` : '')),
];
