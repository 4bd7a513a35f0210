import { adviceWords } from '../../compiler/diagnostics/messages/entry.js';
import { foreignKeyAdvice } from '../../compiler/diagnostics/messages/foreign-key.js';
import { foreignKey } from './foreign.js';
import { keys, pathsOfKey } from './schema/index.js';

/**
 * How the command line sets what somebody gave as an option of its own, `--batch-size 4`; undefined where no experiment
 * has it.
 */
export function settingFor(option: string, value = '...'): string | undefined {
  const key = option.replace(/[-_]([a-z])/gi, (_, letter: string) => letter.toUpperCase());
  const paths = keys.includes(key) ? [[key]] : pathsOfKey(key);
  if (paths.length > 0) {
    const ways = paths.map((path) => `--set ${path.join('.')}=${value}`).join(' or ');
    return `the experiment has it: ${ways}`;
  }
  const file = { path: `--set ${key}`, text: value };
  const foreign = foreignKey([option]);
  return foreign && adviceWords(foreignKeyAdvice(foreign, { file, start: 0, end: 0 }));
}
