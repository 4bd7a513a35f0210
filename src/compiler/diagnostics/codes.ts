import type { Entry, FirstOf } from './messages/entry.js';

const error = (title: string): Entry<never> => ({ title, severity: 'error', write: unwritten });
const warning = (title: string): Entry<never> => ({ title, severity: 'warning', write: unwritten });
const unwritten = (): never => {
  throw new Error('this code has no words yet');
};

/**
 * Every mistake netc can name. A code is stable: it is never given to another mistake.
 * 00xx text and syntax, 01xx names, 02xx configuration and values, 03xx application and instances,
 * 04xx shapes and sizes, 05xx models and variants, 06xx the experiment's side, 09xx warnings.
 */
export const codes = {
  NET0001: error('Unexpected character'),
  NET0002: error('Unexpected word'),
  NET0003: error('String without an end'),
  NET0004: error('Bracket without its partner'),
  NET0005: error('Keyword as a name'),
  NET0006: error('Name in the wrong case'),
  NET0007: error('Arrow beside an operator'),
  NET0008: error('Comparison of a comparison'),
  NET0009: error('Value that goes nowhere'),
  NET0010: error('Body without a result'),
  NET0011: error('Input or output outside a model'),
  NET0012: error('Choice without an else'),
  NET0013: error('Input with a default'),
  NET0014: error('Repeat without a start'),
  NET0015: error('Argument named with an equals sign'),
  NET0016: error('Nested too deeply'),
  NET0101: error('Unknown name'),
  NET0102: error('Name taken'),
  NET0103: error('Case does not fit'),
  NET0104: error('Unknown file'),
  NET0105: error('Unknown import'),
  NET0106: error('Files that import each other'),
  NET0107: error('Built-in redefined'),
  NET0108: error('Name with two meanings'),
  NET0109: error('Instance name taken'),
  NET0201: error('Unknown argument'),
  NET0202: error('Argument given twice'),
  NET0203: error('Position after a name'),
  NET0204: error('Too many arguments'),
  NET0205: error('Required after optional'),
  NET0206: error('Missing argument'),
  NET0207: error('Not a whole number'),
  NET0208: error('Value of another kind'),
  NET0209: error('Unknown attribute'),
  NET0210: error('No such entry'),
  NET0211: error('Several values'),
  NET0212: error('Tensor in configuration'),
  NET0213: error('Requirement not met'),
  NET0214: error('Number out of range'),
  NET0301: error('Nothing to apply'),
  NET0302: error('Number of inputs'),
  NET0303: error('Input of another kind'),
  NET0304: error('No configuration'),
  NET0305: error('Configured instance'),
  NET0306: error('Shared weight of another shape'),
  NET0307: error('Recursion without an end'),
  NET0308: error('Network too large'),
  NET0309: error('Nothing to share'),
  NET0310: error('Result that is no tensor'),
  NET0401: error('Shapes do not fit'),
  NET0402: error('Sizes disagree'),
  NET0403: error('Size is not whole'),
  NET0404: error('Contradicting sizes'),
  NET0405: error('Shape of an input'),
  NET0406: error('Image size does not fit'),
  NET0501: error('No model to compile'),
  NET0502: error('Unknown model'),
  NET0503: error('Model without outputs'),
  NET0504: error('Unknown parameter'),
  NET0505: error('Variant of no model'),
  NET0506: error('Model in the place of a block'),
  NET0601: error('Not YAML'),
  NET0602: error('Unknown key'),
  NET0603: error('Missing key'),
  NET0604: error('Value does not fit'),
  NET0605: error('Settings do not fit together'),
  NET0901: warning('Without effect on the outputs'),
  NET0902: warning('Input not used'),
  NET0903: warning('Unused block'),
  NET0904: warning('Unused parameter'),
  NET0905: warning('Unused import'),
  NET0906: warning('Unused name'),
  NET0907: warning('Shared and not shared'),
  NET0908: warning('Output without weights'),
  NET0909: warning('Gate of another size'),
  NET0910: warning('Comment like a division'),
} as const;

export type Code = keyof typeof codes;

/** What a diagnostic of this code says of itself. */
export type FactsOf<C extends Code> = FirstOf<(typeof codes)[C]['write']>;
