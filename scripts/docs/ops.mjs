/** Why an operation without a gradient needs none. An entry for each, and for no other: the maker holds to that. */
const withoutGradient = {
  convKernelGradient: 'none: used in gradients only',
  reluGradient: 'none: used in gradients only',
  sigmoidGradient: 'none: used in gradients only',
  batchNormByMoments: 'none: used in gradients only',
  batchNormGradient: 'none: used in gradients only',
  maxPoolGradient: 'none: used in gradients only',
  averagePoolGradient: 'none: used in gradients only',
  adaptiveAveragePoolGradient: 'none: used in gradients only',
  adaptiveMaxPoolGradient: 'none: used in gradients only',
  resizeNearestGradient: 'none: used in gradients only',
  resizeBilinearGradient: 'none: used in gradients only',
  resizeArea: 'none: used in preprocessing only, where nothing is trained',
  equal: 'none: used in gradients only',
  dropout: 'none: replaced by a product with `dropoutMask` first',
  spatialDropout: 'as `dropout`',
  dropPath: 'as `dropout`',
  after: 'none: added after all gradients',
  adam: 'none: an update, after all gradients',
  increment: 'none: an update, after all gradients',
  lerp: 'none: an update, after all gradients',
  momentum: 'none: an update, after all gradients',
  select: 'none: an update, after all gradients',
  sgd: 'none: an update, after all gradients',
};

/** What a rule for multiply-adds counts. */
const products = {
  conv: "the kernel's elements for each pixel of the result",
  convTranspose: "the kernel's elements for each pixel of `g`",
  convKernelGradient: "the kernel's elements for each pixel of `g`",
};

/** What has a gradient rule that passes nothing on. */
const passesNothing = new Set(['step', 'constant', 'fill', 'dropoutMask']);

const groupNames = {
  convolutionOps: 'Convolution',
  elementwiseOps: 'Element by element',
  lossOps: 'Losses',
  normalisationOps: 'Normalisation',
  optimiserOps: 'Optimisers and counters',
  poolingOps: 'Pooling',
  reductionOps: 'Reduction',
  resizingOps: 'Resizing',
  structureOps: 'Structure',
};

const head = `# The operations of the graph

A \`.net\` file is compiled to a graph of these operations, and so are its gradient and its training step. They are not the names used in the language:
\`Conv\` becomes a \`conv\`, a \`biasAdd\` and two weights. Each operation is one file under \`src/compiler/ops\`, and this page is made from these files.

The float64 reference, the TensorFlow engine and the portable engine have every operation: an engine whose table lacks one does not
compile. Exports contain only predictions; the last column says which operations have an ONNX lowering. Only convolutions have multiply-adds. An operand \`...x\` takes
one tensor or more. If there are several results, their names follow \`->\`.
`;

/** `docs/ops.md`, by its path, from the groups of operations and what ONNX knows. */
export function operationsPage({ isTrainingOnly, ...compiler }) {
  const sections = Object.entries(groupNames).map(([group, title]) =>
    [`## ${title}`, '', table(Object.values(compiler[group]), isTrainingOnly)].join('\n'),
  );
  return { 'docs/ops.md': `${[head.trim(), ...sections].join('\n\n')}\n` };
}

function table(ops, isTrainingOnly) {
  const rows = ops.map((op) => [
    `\`${op.name}\``,
    code(op.operands),
    code(Object.entries(op.attributes).map(([name, kind]) => `${name}: ${kind}`)),
    op.summary,
    gradientOf(op),
    productsOf(op),
    isTrainingOnly(op.name) ? '' : 'yes',
  ]);
  const titles = ['', 'operands', 'attributes', 'meaning', 'gradient', 'multiply-adds', 'ONNX'];
  return [titles, titles.map(() => '---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

const code = (words) => words.map((word) => `\`${word}\``).join(', ');

function gradientOf({ name, gradient }) {
  const why = withoutGradient[name];
  if (Boolean(gradient) === (why !== undefined)) {
    throw new Error(`say in scripts/docs/ops.mjs why ${name} has no gradient, if it has none`);
  }
  return why ?? (passesNothing.has(name) ? '0 everywhere' : 'yes');
}

function productsOf({ name, multiplyAdds }) {
  if (Boolean(multiplyAdds) !== name in products) {
    throw new Error(`say in scripts/docs/ops.mjs what the multiply-adds of ${name} count`);
  }
  return products[name] ?? '';
}
