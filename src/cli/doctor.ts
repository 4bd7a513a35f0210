import type { Command } from 'commander';
import { type Findings, inspect } from '../runtime/engines/inspect.js';
import { printJson, status } from './failure.js';

export function registerDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Says what this machine has of what netc needs, and proves the engine by a run.')
    .option('--json', 'print one JSON object')
    .action(async ({ json = false }: { readonly json?: boolean }) => {
      const findings = await inspect();
      if (json) printJson(findings);
      else process.stdout.write(`${report(findings)}\n`);
      if ('error' in findings.proof) process.exitCode = status.machine;
    });
}

function report(findings: Findings): string {
  const { cpu, gpus, tools, installed, proof } = findings;
  const facts: readonly (readonly [string, string])[] = [
    ['node', findings.node],
    ['platform', findings.platform],
    ['CPU', `${cpu.model}, ${cpu.threads} threads, ${cpu.vectors.join(' ') || 'no AVX'}`],
    ['GPU', gpus.join(', ') || 'none that nvidia-smi lists'],
    ['pip', tools.pip ?? 'missing: netc setup needs python3 with pip'],
    ['compiler', tools.compiler?.version ?? 'missing: netc setup needs a C++ compiler'],
    ['cache', findings.cache],
    ['npm package', findings.package ?? 'missing: netc setup installs it into the cache'],
    [
      'TensorFlow',
      installed.map((variant) => `for the ${variant.toUpperCase()}`).join(', ') || 'not set up',
    ],
    ['engine', 'error' in proof ? `fails: ${proof.error}` : proof.engine],
    ...('error' in proof
      ? []
      : [
          [
            'proof',
            `a training step agrees with the reference to ${proof.difference.toExponential(1)}`,
          ] as const,
        ]),
  ];
  return facts.map(([name, fact]) => `${name.padEnd(11)}  ${fact}`).join('\n');
}
