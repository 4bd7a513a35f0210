import { expect, test } from 'vitest';
import { diagnosticsIn } from '../../src/editor/diagnostics.js';
import { marked, unet, units } from './marked.js';

const both = { 'units.net': units, 'small.net': `${unet}‸` };

test('files that have not changed are not parsed again', () => {
  const { workspace } = marked(both);
  diagnosticsIn(workspace, 'small.net');
  expect(workspace.cache.parses).toBe(2);
  for (const base of [16, 32, 64]) {
    workspace.update('small.net', unet.replace('base = 8', `base = ${base}`));
    expect(diagnosticsIn(workspace, 'small.net')).toEqual([]);
  }
  expect(workspace.cache.parses).toBe(5);
});

test('an answer about a text that has not changed is not computed again', () => {
  const { workspace } = marked(both);
  expect(workspace.analysis('small.net')).toBe(workspace.analysis('small.net'));
});

test('a file is seen as its buffer has it, not as the disk does', () => {
  const { workspace } = marked(both);
  workspace.update(
    'units.net',
    units.replace('kernel = 3', 'size = 3').replace(': kernel', ': size'),
  );
  const [error] = diagnosticsIn(workspace, 'small.net');
  expect(error?.message).toContain('ConvUnit has no parameter kernel, only (channels, size)');
  workspace.close('units.net');
  expect(diagnosticsIn(workspace, 'small.net')).toEqual([]);
});

test('an error that the parser finds is told as long as it is there', () => {
  const { workspace } = marked({ 'a.net': 'block A (x) { x -> }‸' });
  const first = diagnosticsIn(workspace, 'a.net').map(({ message }) => message);
  workspace.update('b.net', 'import { A } from "a.net"\nblock B (x) { x -> A }');
  expect(first).toHaveLength(1);
  expect(diagnosticsIn(workspace, 'b.net').map(({ related }) => related[0]?.message)).toEqual([
    first[0]?.split('\n')[0],
  ]);
});

test('an error inside a block of another file is shown at the application that leads to it', () => {
  const { workspace } = marked({
    'half.net': 'block Half (x) { x -> Conv(x.channels / 2) }',
    'a.net': `import { Half } from "half.net"
model A {
  input image: [N, H, W, 3]
  output mask = image -> Half
}‸`,
  });
  const [error] = diagnosticsIn(workspace, 'a.net');
  const { file, start, end } = error!.span;
  expect([file.path, file.text.slice(start, end)]).toEqual(['a.net', 'Half']);
  expect(error?.message).toContain('a whole number is wanted, 3 / 2 is 1.5\nin Half, from a.net:4');
  expect(error?.related[0]?.span.file.path).toBe('half.net');
});

test('of several models the errors of each', () => {
  const model = (name: string, channels: string) => `model ${name} {
  input image: [N, H, W, 3]
  output mask = image -> Conv(${channels})
}
`;
  const { workspace } = marked({ 'a.net': `${model('A', '1 / 2')}${model('B', '-1')}‸` });
  const codes = diagnosticsIn(workspace, 'a.net').map(({ diagnostic }) => diagnostic.code);
  expect(codes).toEqual(['NET0207', 'NET0214']);
});
