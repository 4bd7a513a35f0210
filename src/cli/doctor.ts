import type { Command } from 'commander';
import { inspect, type MachineReport, type Verdict } from '../runtime/engines/inspect.js';
import { triedWords } from '../runtime/engines/setup/platforms.js';
import type { Variant } from '../runtime/engines/setup/releases.js';
import { printJson, status } from './failure.js';
import { printResult } from './output.js';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description(
      'Shows what this machine has of what netc needs, and tests each engine with a short run.',
    )
    .option('--json', 'print one JSON object')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const machine = await inspect();
      if (json) printJson(machine);
      else printResult(`${report(machine)}\n`);
      if (Object.values(machine.engines).every((verdict) => 'error' in verdict))
        process.exitCode = status.machine;
    });
}

function platformLine({ platform, tried }: MachineReport): string {
  if (tried === null) return `${platform} (no TensorFlow engine; the portable engine runs instead)`;
  return tried === 'yes' ? platform : `${platform} (TensorFlow engine: ${triedWords[tried]})`;
}

function report(machine: MachineReport): string {
  const { cpu, gpus, tools, installed, engines } = machine;
  const facts: readonly (readonly [string, string])[] = [
    ['node', machine.node],
    ['platform', platformLine(machine)],
    ['CPU', `${cpu.model}, ${cpu.threads} threads, ${cpu.vectors.join(' ') || 'no AVX'}`],
    ['GPU', gpus.join(', ') || 'none that nvidia-smi lists'],
    ['pip', tools.pip ?? 'missing: netc setup needs python3 with pip'],
    ['compiler', tools.compiler?.version ?? 'missing: netc setup needs a C++ compiler'],
    ['cache', machine.cache],
    ['npm package', machine.package ?? 'missing: netc setup installs it into the cache'],
    ['set up', installed.map((variant) => setUp(variant, machine)).join(', ') || 'no TensorFlow'],
    ...Object.entries(engines).map(([name, verdict]) => [name, sentence(verdict)] as const),
  ];
  return facts.map(([name, fact]) => `${name.padEnd(11)}  ${fact}`).join('\n');
}

function setUp(variant: Variant, { unverified }: MachineReport): string {
  const name = `TensorFlow for the ${variant.toUpperCase()}`;
  if (!unverified.includes(variant)) return name;
  return `${name} (by an earlier netc, which kept no digests of its files: netc setup --force does)`;
}

const sentence = (verdict: Verdict): string =>
  'error' in verdict
    ? `fails: ${verdict.error}`
    : `${verdict.engine}: a training step agrees with the reference to ${verdict.difference.toExponential(1)}`;
