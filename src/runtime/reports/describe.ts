import type { ModelDescription, ParameterDescription } from '../../compiler/describe/describe.js';
import { grouped } from './numbers.js';

/** A model as `netc check --describe` prints it: what it is, what may be set, what goes in and comes out, what it costs. */
export function printDescription(model: ModelDescription): string {
  const { doc, parameters, inputs, outputs, sizes, weights, moments, multiplyAdds } = model;
  const head = model.variantOf ? `${model.model}, a variant of ${model.variantOf}` : model.model;
  const ports = (kind: string, all: ModelDescription['inputs']): string[] =>
    all.map(({ name, shape }) => `${kind} ${name}: ${shape}`);
  const costs = [
    `weights ${grouped(weights)}, running statistics ${grouped(moments)}`,
    ...(multiplyAdds
      ? [
          `multiply-adds ${grouped(multiplyAdds.count)} at ${multiplyAdds.height}x${multiplyAdds.width}`,
        ]
      : []),
  ];
  const lines = [
    ...(doc?.split('\n') ?? []),
    ...aligned(parameters),
    ...ports('input ', inputs),
    ...(sizes.length > 0 ? [`sizes  ${sizes.join(', ')}`] : []),
    ...ports('output', outputs),
    ...costs,
  ];
  return [head, ...lines.map((line) => `  ${line}`)].join('\n');
}

/** A longer setting has its notes right behind it. */
const longest = 40;

/** `Unit = R2CL    variant R2AUNet at models/r2au.net:9; default DoubleConv`, in columns. */
function aligned(parameters: readonly ParameterDescription[]): readonly string[] {
  const settings = parameters.map(({ name, value }) => `${name} = ${value}`);
  const width = Math.max(0, ...settings.map(({ length }) => length).filter((n) => n <= longest));
  return parameters.map(({ from, value, ...parameter }, i) => {
    const other = parameter.default === null || from === 'default' ? null : parameter.default;
    const written = from === 'default' && parameter.default !== value ? parameter.default : null;
    const notes = [from, ...(other ? [`default ${other}`] : [])].join('; ');
    return `${settings[i]!.padEnd(width)}  ${notes}${written ? ` ${written}` : ''}`;
  });
}
