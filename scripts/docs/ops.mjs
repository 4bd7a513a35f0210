/** Why an operation without a gradient needs none. An entry for each, and for no other: the maker holds to that. */
const withoutGradient = {
  convKernelGradient: 'none: stands in gradients only',
  reluGradient: 'none: stands in gradients only',
  sigmoidGradient: 'none: stands in gradients only',
  batchNormGradient: 'none: stands in gradients only',
  maxPoolGradient: 'none: stands in gradients only',
  averagePoolGradient: 'none: stands in gradients only',
  adaptiveAveragePoolGradient: 'none: stands in gradients only',
  adaptiveMaxPoolGradient: 'none: stands in gradients only',
  resizeNearestGradient: 'none: stands in gradients only',
  resizeBilinearGradient: 'none: stands in gradients only',
  resizeArea: 'none: stands before networks, where nothing is trained',
  equal: 'none: stands in gradients only',
  dropout: 'none: a product with `dropoutMask` takes its place before',
  spatialDropout: 'as `dropout`',
  dropPath: 'as `dropout`',
  adam: 'none: an update, behind all gradients',
  increment: 'none: an update, behind all gradients',
  lerp: 'none: an update, behind all gradients',
  momentum: 'none: an update, behind all gradients',
  sgd: 'none: an update, behind all gradients',
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

What a \`.net\` file says becomes a graph of these, and so does its gradient and its training step. They are not the names one writes:
\`Conv\` is a \`conv\`, a \`biasAdd\` and two weights. Each is one file under \`src/compiler/ops\`, and this page is made from them.

The float64 reference, the TensorFlow engine and the portable engine have every operation, by type: an engine's table with one missing does not
compile. Exports hold predictions only; the last column says which operations ONNX has a lowering for. Only convolutions have multiply-adds. An operand \`...x\` takes
one tensor or more; results are named behind \`->\` where there are several.
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
