import type { Graph, Program } from '../../../compiler/ir/graph.js';
import { type Bindings, fixedValue } from '../../../compiler/sizes/size.js';
import { BindingError, bindSymbols } from '../../../compiler/solve/bindings.js';
import { MemoryError } from '../../errors/errors.js';
import type { Engine, Tensors } from '../engine.js';
import { type FreeMemory, freeMemory } from './machine.js';
import { type Call, needOf, usableBy } from './need.js';
import { refusal } from './refusal.js';

/** Who computes what, and whether it is tried though memory is short; undefined where the command has no `--force`. */
export interface Computation {
  readonly engine: Engine['name'];
  readonly program: Program;
  readonly force: boolean | undefined;
}

/** What the symbols stand for by the model's image alone. Throws `BindingError` for a size that the function is not defined for. */
function bindingsOf(graph: Graph, { batch, height, width }: Omit<Call, 'fn'>): Bindings {
  const [image] = graph.inputs;
  const channels = image!.value.type.shape.slice(3).map((axis) => fixedValue(axis)!);
  const inputs = graph.inputs.slice(0, 1);
  return bindSymbols({ ...graph, inputs }, { [image!.name]: [batch, height, width, ...channels] });
}

/** The bytes that a process is to take at most for a call. Throws `BindingError` for a size that the function is not defined for. */
export function needAt(engine: Engine['name'], program: Program, { fn, ...at }: Call): number {
  return needOf(engine, program, fn, bindingsOf(program.functions[fn]!, at));
}

/**
 * How much of the free memory a call takes, as a share of it.
 * @throws MemoryError where it is more than all, with what fits
 */
export function requireRoom(
  { engine, program, force }: Computation,
  call: Call,
  free: FreeMemory = freeMemory(),
): number {
  const memory = usableBy(engine, free);
  const graph = program.functions[call.fn]!;
  const need = needAt(engine, program, call);
  if (need > memory.free && !force) {
    const atSize = (at: Omit<Call, 'fn'>): number => needAt(engine, program, { ...call, ...at });
    const takes = (at: Omit<Call, 'fn'>): boolean => isDefined(graph, at);
    const offered = force === false;
    throw new MemoryError(refusal({ engine, call, need, memory, needAt: atSize, takes, offered }));
  }
  return need / memory.free;
}

function isDefined(graph: Graph, at: Omit<Call, 'fn'>): boolean {
  try {
    bindingsOf(graph, at);
    return true;
  } catch (error) {
    if (error instanceof BindingError) return false;
    throw error;
  }
}

/** The same engine, which refuses the first call of each size for which there is not enough memory. */
export function withRoom(engine: Engine, program: Program, force: boolean | undefined): Engine {
  const known = new Set<string>();
  // What was given before is not given back: the next call has it too.
  let granted = 0;
  const check = (fn: string, inputs: Tensors): void => {
    const graph = program.functions[fn];
    const shapes = Object.entries(inputs).map(([name, { shape }]) => [name, shape] as const);
    const key = JSON.stringify([fn, shapes]);
    const size = shapes.find(([name]) => name === graph?.inputs[0]?.name)?.[1];
    if (!graph || known.has(key) || size?.length !== 4) return;
    known.add(key);
    try {
      bindSymbols(graph, Object.fromEntries(shapes));
      const [batch, height, width] = size as readonly [number, number, number, number];
      const { free, total } = freeMemory();
      const memory = { free: free + granted, total };
      const share = requireRoom(
        { engine: engine.name, program, force },
        { fn, batch, height, width },
        memory,
      );
      granted = Math.max(granted, share * usableBy(engine.name, memory).free);
    } catch (error) {
      // What does not fit the function is the engine's to tell.
      if (!(error instanceof BindingError)) throw error;
    }
  };
  return {
    ...engine,
    // Without waiting: calls run in the order they were made.
    call(fn, inputs) {
      try {
        check(fn, inputs);
      } catch (error) {
        return Promise.reject(error);
      }
      return engine.call(fn, inputs);
    },
  };
}
