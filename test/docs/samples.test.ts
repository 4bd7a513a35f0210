import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { compileModel } from '../../src/compiler/compile.js';
import { Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { loadExperiment } from '../../src/runtime/experiments/load-experiment.js';
import { cheap, headOf, runNetc, sessionOf, unknownIn, wordsOf } from './commands.js';
import { diagnosticsOf, diagnosticsOfFragment, readerOf, rendered } from './compiled.js';
import { codeSpansOf, pages, textOf } from './fences.js';
import {
  rewritePage,
  type Sample,
  samplesOf,
  strangeToShipped,
  strangeToSource,
} from './samples.js';

// Every fenced block of README.md, CONTRIBUTING.md and docs. After a change of what netc prints,
// `UPDATE_EXPECTED=1 npx vitest run test/docs` writes the shown output anew: read the diff.

const updating = Boolean(process.env.UPDATE_EXPECTED);

/** Labels whose blocks are for other readers than netc. */
const foreign = new Set(['python', 'ts', 'json', 'lua', 'toml', 'vim', 'ebnf', 'protobuf']);

const errorCode = /^net error (NET\d{4})$/;

describe.each(pages)('%s', (page) => {
  const texts = new Map<number, string>();
  afterAll(() => {
    if (texts.size > 0) rewritePage(page, texts);
  });

  /** Holds the text that `sample` shows to `actual`, or takes it over. */
  function expectShown(sample: Sample, actual: string): void {
    if (updating && actual !== sample.text) texts.set(sample.line, actual);
    else expect(sample.text).toBe(actual);
  }

  /** Each command with all it prints, or with its errors alone where the page shows no more. */
  function checkSession(sample: Sample): void {
    const actual = sessionOf(sample.text).map(({ command, output }) => {
      const [program, ...words] = wordsOf(command);
      if (program !== 'netc') return `$ ${command}\n${output}`;
      expect(unknownIn(words)).toEqual([]);
      if (!cheap.has(words[0]!)) return `$ ${command}\n${output}`;
      const { stderr, both } = runNetc(words, sample.files);
      const shown = output === stderr && stderr !== '' ? stderr : both;
      return `$ ${command}\n${shown.split('\n').slice(0, headOf(command)).join('\n')}`;
    });
    expectShown(sample, `${actual.map((part) => part.trimEnd()).join('\n\n')}\n`);
  }

  function checkProgram(sample: Sample): void {
    expect(strangeToShipped(sample)).toEqual([]);
    for (const path of sample.own) expect(rendered(diagnosticsOf(path, sample.files))).toBe('');
  }

  const firstOf = ({ files, own }: Pick<Sample, 'files' | 'own'>) =>
    own.flatMap((path) => diagnosticsOf(path, files));

  function checkText(sample: Sample, samples: readonly Sample[]): void {
    const wrong = samples.find(({ line }) => line === sample.before?.line);
    if (wrong && errorCode.test(wrong.label)) expectShown(sample, rendered(firstOf(wrong)));
    else expect(sample.text).not.toMatch(/^(block|model|import) .*[{=]/m);
  }

  /** An experiment is one, and its model compiles with its parameters. */
  function checkExperiment({ text: shown, files }: Sample): void {
    // What shows data alone is one of an experiment around it.
    const around = 'model: {path: ../models/unet.net}\nsteps: 1\noutput: runs/x\n';
    const text = /^data:/.test(shown) ? around + shown : shown;
    if (!/^model:/m.test(text)) return;
    const diagnostics = new Diagnostics();
    const file = { path: 'experiments/shown.yaml', text };
    const loaded = loadExperiment(file, [], diagnostics);
    expect(rendered(diagnostics.all())).toBe('');
    const { model, parameters } = loaded!.experiment;
    const given = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
    const compiled = compileModel(model.path, readerOf(files), {
      model: model.name ?? undefined,
      overrides: Object.fromEntries(given),
    });
    expect(rendered(compiled.diagnostics)).toBe('');
  }

  function checkShell({ text }: Sample): void {
    for (const line of text.split('\n')) {
      const [program, ...words] = wordsOf(line);
      if (program === 'netc') expect(unknownIn(words)).toEqual([]);
    }
  }

  const samples = samplesOf(page);
  it.each(samples)('line $line: $label', (sample) => {
    const { label, text } = sample;
    expect(strangeToSource(sample)).toEqual([]);
    const code = errorCode.exec(label)?.[1];
    if (label === 'net') checkProgram(sample);
    else if (label === 'net fragment') expect(diagnosticsOfFragment(text)).toBe('');
    else if (code) expect(firstOf(sample)[0]?.code).toBe(code);
    else if (label === 'text') checkText(sample, samples);
    else if (label === 'console') checkSession(sample);
    else if (label === 'yaml') checkExperiment(sample);
    else if (label === 'sh') checkShell(sample);
    else expect([...foreign]).toContain(label);
  });

  it('names only commands and options that netc has', () => {
    const spans = codeSpansOf(textOf(page)).map((span) => span.replaceAll('\\|', '|'));
    const lines = spans.flatMap((span) => span.split(/(?:, |; |&& )(?=netc )/));
    const unknown = lines.filter((line) => {
      const [program, ...words] = wordsOf(line);
      return program === 'netc' && unknownIn(words).length > 0;
    });
    expect(unknown).toEqual([]);
  });

  it('names only files that are there', () => {
    const paths = codeSpansOf(textOf(page)).filter((span) =>
      /^(src|test|docs|models|experiments|scripts|bench|examples|editors)\/[\w./-]*$/.test(span),
    );
    expect(paths.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('links only to pages that are there', () => {
    const folder = page.includes('/') ? page.slice(0, page.lastIndexOf('/') + 1) : '';
    const links = [...textOf(page).matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g)].map(([, to]) => to!);
    expect(links.filter((to) => !existsSync(`${folder}${to}`))).toEqual([]);
  });
});
