import { defaultSources } from './default-sources.mjs';
import { table } from './marked-parts.mjs';

/** How each built-in is applied to x, [N, H, W, 8], to see what it gives; the others as `x -> name`. */
const examples = {
  Conv: 'x -> Conv(16)',
  ConvTranspose: 'x -> ConvTranspose(16)',
  DepthwiseConv: 'x -> DepthwiseConv(2)',
  concat: '(x, x) -> concat',
  add: '(x, x) -> add',
  split: 'x -> split(4)',
  zeros: 'x -> zeros(3)',
  pad: 'x -> pad(2)',
  resizeLike: '(x, like) -> resizeLike',
  cropLike: '(x -> pad(1), x) -> cropLike',
  adaptiveAveragePool: 'x -> adaptiveAveragePool(6)',
  adaptiveMaxPool: 'x -> adaptiveMaxPool([1, 2])',
  maxPoolWithSwitches: 'x -> maxPoolWithSwitches(2)',
  maxUnpool: 'x -> maxPoolWithSwitches(2) -> maxUnpool',
};

/** The tables of built-in blocks and operations, with the defaults' sources. */
export function builtinTables(compiler) {
  const all = [...compiler.builtins.values()];
  const blocks = all.filter(({ kind }) => kind === 'block');
  const operations = all.filter(({ kind }) => kind === 'operation');
  allNamed(all);
  return {
    blocks: [
      table(
        ['block (inputs)', '', 'on `x: [N, H, W, 8]`', 'gives', 'weights'],
        blocks.map((b) => {
          const { example, results, weights } = applied(compiler, b);
          return [signature(compiler, b), b.summary, `\`${example}\``, results, weights];
        }),
      ),
      parameterTable(compiler, blocks),
    ].join('\n\n'),
    operations: [
      table(
        ['operation (inputs)', '', 'on `x: [N, H, W, 8]`', 'gives'],
        operations.map((b) => {
          const { example, results } = applied(compiler, b);
          return [signature(compiler, b), b.summary, `\`${example}\``, results];
        }),
      ),
      parameterTable(compiler, operations),
    ].join('\n\n'),
  };
}

/** Throws where a default has no source or a source no default. */
function allNamed(all) {
  const known = new Map(all.map((builtin) => [builtin.name, builtin.parameters]));
  for (const [name, sources] of Object.entries(defaultSources)) {
    for (const parameter of Object.keys(sources)) {
      if (known.get(name)?.[parameter]?.fallback) continue;
      throw new Error(`${name} has no default for ${parameter}, whose source is given`);
    }
  }
}

/** A default as it is written, or where it is taken from. */
const fallbackOf = ({ printValue }, { fallback, implied }) =>
  implied ?? (fallback && printValue(fallback));

function signature(compiler, { name, parameters, inputs }) {
  const list = Object.entries(parameters).map(([parameter, entry]) => {
    const fallback = fallbackOf(compiler, entry);
    return fallback === undefined ? parameter : `${parameter} = ${fallback}`;
  });
  return `\`${name}${list.length > 0 ? `(${list.join(', ')})` : ''} (${inputs.join(', ')})\``;
}

function parameterTable(compiler, builtins) {
  const rows = builtins.flatMap(({ name, parameters }) =>
    Object.entries(parameters).map(([parameter, entry]) => {
      const fallback = fallbackOf(compiler, entry);
      const source = defaultSources[name]?.[parameter];
      if (fallback !== undefined && !source) {
        throw new Error(`the default of ${parameter} of ${name} has no source`);
      }
      const shown = fallback === undefined ? 'none' : `\`${fallback}\``;
      return [`\`${name}\``, `\`${parameter}\``, entry.wants, shown, source ?? ''];
    }),
  );
  return table(['', 'parameter', 'takes', 'default', 'where the default comes from'], rows);
}

/** What a built-in gives and which weights it makes, of a compiled model that applies it. */
function applied({ compileModel, printShape }, { name }) {
  const example = examples[name] ?? `x -> ${name}`;
  const pattern = name === 'maxPoolWithSwitches' ? '(y, switches)' : 'y';
  const text = `model M {
    input x: [N, H, W, 8]
    ${example.includes('like') ? 'input like: [N, P, Q, 3]' : ''}
    let ${pattern} = ${example}
    output z = y
  }`;
  const reader = { read: (path) => ({ path, text }), resolve: (_, path) => path };
  const { graph, diagnostics } = compileModel('example.net', reader);
  const error = diagnostics.find(({ severity }) => severity === 'error');
  if (error) throw new Error(`${example}: ${error.message}`);
  const shapeOf = ({ value }) => printShape(value.type.shape);
  const [first] = graph.outputs;
  const count = graph.outputs.length;
  const also = pattern === 'y' ? '' : ' and its switches';
  return {
    example,
    results: `${count > 1 ? `${count} of ` : ''}\`${shapeOf(first)}\`${also}`,
    weights: graph.variables
      .map((variable) => {
        const stored = variable.kind === 'moment' ? ' (stored)' : '';
        return `\`${variable.path.split('/').at(-1)}\` ${shapeOf(variable)}${stored}`;
      })
      .join(', '),
  };
}
