import { spawnSync } from 'node:child_process';

/** What tests of Python programs run: the interpreter that `npm run test:serving` and its like set up. */
const python = process.env.NETC_PYTHON;

/**
 * The Python that NETC_PYTHON names, or null where there is none or it lacks one of `modules`: the tests that need them are
 * then skipped, and it is said why.
 * @param script what of npm runs them with all that they need
 */
export function pythonWith(modules: readonly string[], script: string): string | null {
  const absent = python === undefined ? modules : modules.filter((name) => !has(python, name));
  if (python !== undefined && absent.length === 0) return python;
  const lack = python === undefined ? 'NETC_PYTHON names no Python' : `no ${absent.join(', ')}`;
  console.log(`${lack}: skipped; npm run ${script} installs what is needed`);
  return null;
}

function has(program: string, name: string): boolean {
  const ask = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${name}") is None)`;
  return spawnSync(program, ['-c', ask]).status === 0;
}
