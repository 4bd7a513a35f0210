import type { Application } from '../../expand/application.js';
import type { Value } from '../../ir/graph.js';
import type { Forward, Step } from './forward.js';
import { freeName } from './names.js';
import { assign, name } from './python/tree.js';
import { reads, treeKey } from './python/walk.js';
import { tells } from './sizes.js';
import { formOf, type Member } from './unit.js';

/** What one step takes: from outside, the same for all, or what the step before gave. */
type Source = { readonly outside: Value } | { readonly state: number };

/** A loop whose steps take and give the same things. */
interface Loop {
  readonly steps: readonly Application[];
  readonly sources: readonly Source[];
  /** What goes into the first step in place of what a step before gives. */
  readonly initial: readonly Value[];
}

/**
 * Writes equal steps of a loop as a loop of Python. False, with no loop written, where they differ: another value comes in
 * from outside, a result is used later than in the next step, or their trees are not the same.
 */
export function repeatedSteps(outer: Forward, steps: readonly Application[]): boolean {
  const loop = loopOf(outer, steps);
  if (!loop) return false;
  const { scope } = outer;
  const { taken, names } = stateNames(outer, loop);
  for (const source of loop.sources) if ('outside' in source) outer.named(source.outside);
  const variable = freeName('i', taken);
  taken.add(variable);
  const written = steps.map((step) => writeStep(outer, step, loop, { names, taken, variable }));
  const [first] = written;
  if (!first || new Set(written.map(treeOf)).size !== 1) return false;

  const starts = loop.initial.map((value) => scope.code(value));
  const unset = names.flatMap((text, k) => (text === starts[k]?.text ? [] : [k]));
  if (unset.length > 0) {
    const values = unset.map((k) => starts[k]!);
    outer.body.push(
      assign(
        unset.map((k) => name(names[k]!)),
        ...values,
      ),
    );
  }
  const counted = reads(first.body, variable);
  outer.body.push({
    kind: 'for',
    variable: counted ? variable : '_',
    count: steps.length,
    body: first.body,
  });
  takeMembers(outer, written);
  outer.context.flow.outputs(steps.at(-1)!).forEach((value, k) => {
    scope.bind(value, names[k]!);
  });
  return true;
}

function loopOf(outer: Forward, steps: readonly Application[]): Loop | undefined {
  const sources = steps.length > 1 ? sourcesOf(outer, steps) : undefined;
  if (!sources) return undefined;
  const { flow } = outer.context;
  const taken = flow.inputs(steps[0]!);
  const initial = flow.outputs(steps[0]!).flatMap((_, k) => {
    return taken[sources.findIndex((s) => 'state' in s && s.state === k)] ?? [];
  });
  const all = initial.length === flow.outputs(steps[0]!).length;
  return all ? { steps, sources, initial } : undefined;
}

/** What the states are called: as what they start from, where nothing else of the body needs that or its size. */
function stateNames(outer: Forward, { steps, initial }: Loop) {
  const { context, scope, application, survey } = outer;
  const taken = new Set(scope.taken);
  const last = context.flow.outputs(steps.at(-1)!);
  const names = context.flow.outputs(steps[0]!).map((state, k) => {
    const start = initial[k]!;
    const end = last[k]!;
    const replaced =
      scope.isNamed(start) &&
      context.flow.isOnlyUsedIn(start, steps[0]!, application) &&
      start.type.shape.every((size, axis) => tells(end.type.shape[axis]!, size));
    const text = replaced ? scope.nameOf(start) : freeName(survey.nameOf(state.id), taken);
    taken.add(text);
    return text;
  });
  return { taken, names };
}

function takeMembers(outer: Forward, written: readonly Forward[]): void {
  const [first] = written;
  for (const [key, member] of first!.members.own) {
    const paths = written.map((step) => step.members.own.get(key)!.path);
    const count = member.count === null ? null : written.length;
    if (!outer.members.own.has(key)) outer.members.own.set(key, { ...member, count, paths });
  }
  for (const [path, module] of first!.members.foreign) outer.members.foreign.set(path, module);
}

/** Where the inputs of every step come from; undefined where steps differ in it. */
function sourcesOf(outer: Forward, steps: readonly Application[]): readonly Source[] | undefined {
  const { flow } = outer.context;
  const inputs = steps.map(flow.inputs);
  const outputs = steps.map(flow.outputs);
  const [taken, given] = [inputs[0]!, outputs[0]!];
  if (inputs.some(({ length }) => length !== taken.length)) return undefined;
  if (outputs.some(({ length }) => length !== given.length)) return undefined;
  // Only the last step's results go further than the next step.
  const kept = outputs
    .slice(0, -1)
    .every((values, i) => values.every((value) => flow.isOnlyUsedIn(value, steps[i + 1]!)));
  if (!kept) return undefined;
  const sources = taken.map((value, j): Source | undefined => {
    if (inputs.every((step) => step[j] === value)) return { outside: value };
    const state = given.indexOf(inputs[1]![j]!);
    const carried = inputs.every((step, i) => i === 0 || step[j] === outputs[i - 1]![state]);
    return state >= 0 && carried ? { state } : undefined;
  });
  return sources.every((source) => source !== undefined) ? sources : undefined;
}

function writeStep(
  outer: Forward,
  step: Application,
  { sources }: Loop,
  {
    names,
    taken,
    variable,
  }: Pick<Step, 'variable'> & {
    readonly names: readonly string[];
    readonly taken: ReadonlySet<string>;
  },
): Forward {
  const { flow } = outer.context;
  const { path } = outer.members;
  const prefix = `${path === '' ? '' : `${path}/`}${step.segment}`;
  const inner = outer.inStep({ prefix, segment: step.segment, variable }, taken);
  const outputs = flow.outputs(step);
  inner.survey.look(step.children, outputs);
  flow.inputs(step).forEach((value, j) => {
    const source = sources[j]!;
    const text = 'state' in source ? names[source.state]! : outer.scope.code(source.outside).text!;
    inner.scope.bind(value, text);
  });
  inner.write(step.children);
  const results = outputs.map((value) => inner.scope.code(value));
  inner.body.push(assign(names.map(name), ...results));
  return inner;
}

/** Equal for steps that can be written once; modules that they share are the same ones. */
function treeOf({ body, members }: Forward): string {
  const parts = [...members.own.values()].map(({ attribute, path, count, construct }: Member) => [
    attribute,
    count === null ? path : null,
    formOf(construct),
  ]);
  return treeKey([body, parts]);
}
