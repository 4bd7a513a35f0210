import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';

// The schema that editors check experiments by; it uses nothing beyond draft 7.

const schema = JSON.parse(readFileSync('editors/experiment.schema.json', 'utf8'));
const valid = new Ajv({ allowUnionTypes: true, formats: { regex: true } }).compile(schema);
const quickstart = () => parse(readFileSync('experiments/quickstart.yaml', 'utf8'));

test.each(readdirSync('experiments').filter((name) => name.endsWith('.yaml')))(
  '%s fits',
  (name) => {
    valid(parse(readFileSync(`experiments/${name}`, 'utf8')));
    expect(valid.errors ?? []).toEqual([]);
  },
);

test.each([
  ['a key that does not exist', { bacth: 4 }],
  ['a key of another kind of data', { data: { kind: 'drive', root: 'DRIVE', train: 4 } }],
  ['a value outside its range', { evaluation: { threshold: 2 } }],
])('%s does not', (_, change) => expect(valid({ ...quickstart(), ...change })).toBe(false));

test('what may be left out may be null', () => {
  expect(valid({ ...quickstart(), epochs: null })).toBe(true);
  expect(JSON.stringify(schema)).not.toContain('nullable');
});
