import type { Application } from '../../expand/application.js';
import type { Value } from '../../ir/graph.js';
import { identifier } from './code.js';
import type { Forward } from './forward.js';
import { keyOf, literalsOf, type Member } from './unit.js';

/** What one step takes: from outside, the same for all, or what the step before gave. */
type Source = { readonly outside: Value } | { readonly state: number };

/**
 * Writes equal steps of a loop as a loop of Python. False, with nothing written, where they differ: another value comes in
 * from outside, a result is used later than in the next step, or the steps read differently.
 */
export function repeatedSteps(outer: Forward, steps: readonly Application[]): boolean {
  const sources = steps.length > 1 ? sourcesOf(outer, steps) : undefined;
  if (!sources) return false;
  const { flow } = outer.context;
  const first = flow.inputs(steps[0]);
  const states = flow.outputs(steps[0]);
  const initial = states.map(
    (_, k) => first[sources.findIndex((s) => 'state' in s && s.state === k)],
  );
  if (initial.some((value) => value === undefined)) return false;
  const taken = new Set(outer.taken);
  const names = states.map((state, k) => {
    const only = flow.isOnlyUsedIn(initial[k], steps[0]) && outer.isNamed(initial[k]);
    const name = only
      ? outer.code(initial[k]).text
      : freshName(outer.survey.nameOf(state.id), taken);
    taken.add(name);
    return name;
  });
  for (const source of sources) if ('outside' in source) outer.named(source.outside);
  const written = steps.map((step) => writeStep(outer, step, sources, names, taken));
  if (new Set(written.map(signatureOf)).size !== 1) return false;

  const starts = initial.map((value) => outer.code(value).text);
  const missing = names.filter((name, k) => name !== starts[k]);
  const values = starts.filter((text, k) => text !== names[k]);
  if (missing.length > 0) outer.lines.push(`${missing.join(', ')} = ${values.join(', ')}`);
  const [{ lines, members, foreign }] = written;
  const counted = lines.some((line) => line.includes('[i]'));
  outer.lines.push(
    `for ${counted ? 'i' : '_'} in range(${steps.length}):`,
    ...lines.map((line) => `    ${line}`),
  );
  for (const [attribute, member] of members) {
    const paths = written.map((step) => step.members.get(attribute)!.path);
    const count = member.count === null ? null : steps.length;
    if (!outer.members.has(attribute)) outer.members.set(attribute, { ...member, count, paths });
  }
  for (const [path, module] of foreign) outer.foreign.set(path, module);
  flow.outputs(steps[steps.length - 1]).forEach((value, k) => {
    outer.bind(value, names[k]);
  });
  return true;
}

function freshName(wanted: string, taken: ReadonlySet<string>): string {
  let name = identifier(wanted);
  for (let n = 2; taken.has(name); n++) name = `${identifier(wanted)}_${n}`;
  return name;
}

/** Where the inputs of every step come from; undefined where steps differ in it. */
function sourcesOf(outer: Forward, steps: readonly Application[]): readonly Source[] | undefined {
  const { flow } = outer.context;
  const inputs = steps.map(flow.inputs);
  const outputs = steps.map(flow.outputs);
  const all = (list: readonly (readonly unknown[])[]) =>
    list.every(({ length }) => length === list[0].length);
  if (!all(inputs) || !all(outputs)) return undefined;
  // Only the last step's results go further than the next step.
  const kept = outputs
    .slice(0, -1)
    .every((values, i) => values.every((value) => flow.isOnlyUsedIn(value, steps[i + 1])));
  if (!kept) return undefined;
  const sources = inputs[0].map((value, j): Source | undefined => {
    if (inputs.every((step) => step[j] === value)) return { outside: value };
    const state = outputs[0].indexOf(inputs[1][j]);
    const carried = inputs.every((step, i) => i === 0 || step[j] === outputs[i - 1][state]);
    return state >= 0 && carried ? { state } : undefined;
  });
  return sources.every((source) => source !== undefined) ? sources : undefined;
}

function writeStep(
  outer: Forward,
  step: Application,
  sources: readonly Source[],
  names: readonly string[],
  taken: ReadonlySet<string>,
): Forward {
  const { flow } = outer.context;
  const prefix = `${outer.path === '' ? '' : `${outer.path}/`}${step.segment}`;
  const inner = outer.inStep({ prefix, segment: step.segment }, taken);
  const outputs = flow.outputs(step);
  inner.survey.look(step.children, outputs);
  flow.inputs(step).forEach((value, j) => {
    const source = sources[j];
    inner.bind(value, 'state' in source ? names[source.state] : outer.code(source.outside).text);
  });
  inner.write(step.children);
  const results = outputs.map((value) => inner.code(value).text);
  inner.lines.push(`${names.join(', ')} = ${results.join(', ')}`);
  return inner;
}

/** Equal for steps that can be written once; modules that they share are the same ones. */
function signatureOf({ lines, members }: Forward): string {
  const parts = [...members.values()].map(({ attribute, path, count, construct }: Member) => [
    attribute,
    count === null ? path : null,
    construct.kind === 'builtin'
      ? construct.text
      : [keyOf(construct.unit), literalsOf(construct.unit).map(({ value }) => value)],
  ]);
  return JSON.stringify([lines, parts]);
}
