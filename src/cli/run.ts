import { type Command, Option } from 'commander';
import { type LossKind, lossEnds } from '../compiler/gradient/losses/options.js';
import type { RunRequest } from '../runtime/prediction/run-network.js';
import { engineOption } from './engine-option.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';

interface RunOptions extends ModelOptions {
  readonly weights: string;
  readonly inputs: string;
  readonly out: string;
  readonly engine: RunRequest['engine'];
  readonly signature: RunRequest['signature'];
  readonly loss: LossKind;
}

export function registerRun(program: Command): void {
  const command = modelCommand(
    program,
    'run',
    'Runs a model on given tensors and writes its results.',
  )
    .requiredOption('--weights <file>', 'its weights and running statistics, as safetensors')
    .requiredOption('--inputs <file>', 'its inputs by name, images as [N, H, W, C]')
    .addOption(engineOption().default('auto'))
    .addOption(
      new Option(
        '--signature <name>',
        'predict gives the outputs; train gives logits, loss and gradients',
      )
        .choices(['predict', 'train'])
        .default('predict'),
    )
    .addOption(
      new Option(
        '--loss <name>',
        'the loss of train; its target is named like the output it is for',
      )
        .choices(Object.keys(lossEnds))
        .default('bce'),
    )
    .action(run);
  outOption(command, '<file>', 'where the results go', { required: true });
}

async function run(file: string, options: RunOptions): Promise<void> {
  const { runNetwork } = await import('../runtime/prediction/run-network.js');
  const { readSafetensors, writeSafetensors } = await import(
    '../runtime/weights/safetensors/file.js'
  );
  const { printExtents } = await import('../runtime/weights/misfit.js');

  const { graph } = compileGiven(file, options);
  const sourceOf = async (path: string) => ({
    file: path,
    tensors: (await readSafetensors(path)).tensors,
  });
  const { engine, signature, loss, out } = options;
  const [weights, inputs] = [await sourceOf(options.weights), await sourceOf(options.inputs)];
  const tensors = await runNetwork({ model: graph, engine, signature, loss, weights, inputs });
  await writeSafetensors(out, { tensors, metadata: { format: 'netc', model: graph.name } });
  const outputs = [...tensors].map(([name, { shape }]) => ({ name, shape }));
  if (options.json) printJson({ model: graph.name, engine, signature, file: out, outputs });
  else {
    const lines = outputs.map(({ name, shape }) => `  ${name} ${printExtents(shape)}`);
    printResult(`${[`${out}:`, ...lines].join('\n')}\n`);
  }
}
