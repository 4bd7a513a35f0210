/** A text that somebody might write to stop a compiler, or a program by mistake. */
export interface Hostile {
  readonly name: string;
  /** The files for a size of it; `main.net` is the one that is checked. */
  readonly files: (n: number) => Readonly<Record<string, string>>;
  /** The size that the tests take, and that of `npm run fuzz:hostile`. */
  readonly sizes: { readonly fast: number; readonly full: number };
  /** The first code that is said of it; null where nothing is wrong with it. */
  readonly says: string | null;
}

const rows = (count: number, row: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => row(i)).join('\n');

const net = (...lines: readonly string[]): string =>
  `model Net {\n  input image: [N, H, W, 3]\n  ${lines.join('\n  ')}\n}\n`;

const main = (text: string) => ({ 'main.net': text });

const lists = (n: number): string =>
  rows(n, (i) => `${i === 0 ? '' : '  '}let l${i + 1} = [l${i}, l${i}]`);

const sizes: readonly Hostile[] = [
  {
    name: 'a window of 1e155, twice',
    files: () => main(net('output mask = image -> maxPool(1e155) -> maxPool(1e155) -> Conv(1)')),
    sizes: { fast: 1, full: 1 },
    says: 'NET0407',
  },
  {
    name: 'upsampled again and again',
    files: (n) =>
      main(net(`output mask = image${' -> upsample(1000)'.repeat(n)} -> Conv(1) -> sigmoid`)),
    sizes: { fast: 199, full: 450 },
    says: 'NET0407',
  },
  {
    name: 'strides without a common divisor',
    files: (n) =>
      main(
        net(
          ...[65_521, 65_519, 65_497].map(
            (prime, i) => `output o${i} = image -> maxPool(${prime * n})`,
          ),
        ),
      ),
    sizes: { fast: 1, full: 30_000 },
    says: 'NET0407',
  },
  {
    name: 'roundings inside each other',
    files: (n) =>
      main(
        net(
          `let deep = repeat ${n} with x = image { x -> upsample(3) -> maxPool(2, floor: true) }`,
          'output mask = deep -> Conv(1) -> sigmoid',
        ),
      ),
    sizes: { fast: 40, full: 10_000 },
    says: 'NET0407',
  },
  {
    name: 'a kernel, a dilation, an input and channels of 1e300',
    files: () =>
      main(
        `model Net {\n  input image: [N, H, 1e300, 3]\n  input other: [N, H, W, 3]\n  output a = other -> Conv(1e300)\n  output b = other -> Conv(2, kernel: 1e300)\n  output c = other -> Conv(2, dilation: 1e300)\n  output d = other -> pad(1e300)\n  output e = image -> Conv(1)\n}\n`,
      ),
    sizes: { fast: 1, full: 1 },
    says: 'NET0407',
  },
  {
    name: 'channels doubled by concat',
    files: (n) =>
      main(
        net(
          `let wide = repeat ${n} with x = image { (x, x) -> concat }`,
          'output mask = wide -> Conv(1) -> sigmoid',
        ),
      ),
    sizes: { fast: 64, full: 2_000 },
    says: 'NET0407',
  },
];

const values: readonly Hostile[] = [
  {
    name: 'lists that share their entries, fed to concat',
    files: (n) => main(net('let l0 = image', lists(n), `output mask = l${n} -> concat -> Conv(1)`)),
    sizes: { fast: 40, full: 2_000 },
    says: 'NET0308',
  },
  {
    name: 'lists that share their entries, given as an argument',
    files: (n) =>
      main(
        `block Unit(sizes) (x) {\n  require sizes.length > 5, "more sizes"\n  x -> Conv(4)\n}\n\n${net('let l0 = 1', lists(n), `output mask = image -> Unit(l${n}) -> Conv(l${n})`)}`,
      ),
    sizes: { fast: 40, full: 2_000 },
    says: 'NET0213',
  },
  {
    name: 'blocks that share their arguments',
    files: (n) =>
      main(
        `block Pair(A, B) (x) { x -> Conv(4) }\n\n${net(
          'let B0 = Conv(4)',
          rows(n, (i) => `${i === 0 ? '' : '  '}let B${i + 1} = Pair(A: B${i}, B: B${i})`),
          `output mask = image -> B${n} -> Conv(1)`,
        )}`,
      ),
    sizes: { fast: 40, full: 2_000 },
    says: null,
  },
  {
    name: 'a list in a list, and so on',
    files: (n) =>
      main(
        net(
          `let deep = repeat ${n} with l = [image] { [l] }`,
          'output mask = deep -> concat -> Conv(1) -> sigmoid',
        ),
      ),
    sizes: { fast: 50_000, full: 400_000 },
    says: null,
  },
  {
    name: 'the rest of a long list, again and again',
    files: (n) =>
      main(
        net(
          `let last = repeat ${n} with l = range(${n}) { l.rest }`,
          'output mask = image -> Conv(1 + last.length) -> sigmoid',
        ),
      ),
    sizes: { fast: 20_000, full: 400_000 },
    says: 'NET0308',
  },
  {
    name: 'names of paths',
    files: (n) =>
      main(
        `block ${'A'.repeat(n)}(depth) (x) {\n  if depth == 0 { x -> Conv(3) } else { x -> ${'A'.repeat(n)}(depth - 1) -> ${'A'.repeat(n)}(depth - 1) }\n}\n\n${net(`output mask = image -> ${'A'.repeat(n)}(15)`)}`,
      ),
    sizes: { fast: 10_000, full: 1_000_000 },
    says: 'NET0308',
  },
];

const texts: readonly Hostile[] = [
  {
    name: 'unknown names',
    files: (n) =>
      main(
        net(
          rows(n, (i) => `${i === 0 ? '' : '  '}let a${i} = missing${i}`),
          'output mask = image',
        ),
      ),
    sizes: { fast: 2_000, full: 20_000 },
    says: 'NET0101',
  },
  {
    name: 'unknown names, each beside all others',
    files: (n) =>
      main(
        `${rows(n, (i) => `block Unit${i}(x) { x -> Unot${i} }`)}\n\n${net('output mask = image -> Unit0 -> Conv(1)')}`,
      ),
    sizes: { fast: 2_000, full: 20_000 },
    says: 'NET0101',
  },
  {
    name: 'unknown imports',
    files: (n) => ({
      'main.net': `import { ${rows(n, (i) => `Mising${i}`).replaceAll('\n', ', ')} } from "units.net"\n\n${net('output mask = image -> Conv(1)')}`,
      'units.net': rows(n, (i) => `block Missing${i}(x) { x -> relu }`),
    }),
    sizes: { fast: 1_000, full: 15_000 },
    says: 'NET0105',
  },
  {
    name: 'unclosed brackets',
    files: (n) => main(net(`output mask = image -> Conv${'('.repeat(n)}1`)),
    sizes: { fast: 10_000, full: 100_000 },
    says: 'NET0016',
  },
  {
    name: 'brackets that close nothing',
    files: (n) => main(net(`output mask = image -> Conv(1${')'.repeat(n)}`)),
    sizes: { fast: 10_000, full: 200_000 },
    says: 'NET0004',
  },
  {
    name: 'lines with an unclosed bracket',
    files: (n) =>
      main(
        net(
          rows(n, (i) => `${i === 0 ? '' : '  '}let a${i} = (image`),
          'output mask = image',
        ),
      ),
    sizes: { fast: 2_000, full: 40_000 },
    says: 'NET0004',
  },
  {
    name: 'lines that cannot be read',
    files: (n) =>
      main(
        net(
          rows(n, () => '  let = = image'),
          'output mask = image -> Conv(1) -> sigmoid',
        ),
      ),
    sizes: { fast: 2_000, full: 40_000 },
    says: 'NET0002',
  },
  {
    name: 'signs without a meaning',
    files: (n) => main(`block Unit(x) { x -> relu }${' ;'.repeat(n)}\n`),
    sizes: { fast: 5_000, full: 240_000 },
    says: 'NET0001',
  },
  {
    name: 'names bound twice',
    files: (n) =>
      main(
        net(
          rows(n, () => '  let a = image -> relu'),
          'output mask = image -> Conv(1)',
        ),
      ),
    sizes: { fast: 2_000, full: 30_000 },
    says: 'NET0102',
  },
  {
    name: 'names of one another in one line',
    files: (n) =>
      main(
        net(
          `let ${rows(n, (i) => `a${i},`).replaceAll('\n', ' ')} b = image`,
          'output mask = image -> Conv(1)',
        ),
      ),
    sizes: { fast: 5_000, full: 100_000 },
    says: 'NET0002',
  },
  {
    name: 'comments that divide',
    files: (n) =>
      main(
        `block Unit(r) (x) {\n${rows(n, (i) => `  let a${i} = (((r + 1))) // r`)}\n  x -> Conv(a0)\n}\n`,
      ),
    sizes: { fast: 1_000, full: 15_000 },
    says: 'NET0910',
  },
  {
    name: 'unused blocks',
    files: (n) =>
      main(
        `${rows(n, (i) => `block B${i}(x) { x -> B${(i + 1) % n} }`)}\n\n${net('output mask = image -> Conv(1) -> sigmoid')}`,
      ),
    sizes: { fast: 2_000, full: 20_000 },
    says: 'NET0903',
  },
  {
    name: 'a name of megabytes',
    files: (n) => main(net(`output mask = image -> ${'a'.repeat(n)} -> Conv(1)`)),
    sizes: { fast: 1_000_000, full: 10_000_000 },
    says: 'NET0101',
  },
  {
    name: 'a text of megabytes',
    files: (n) => main(net(`output mask = image -> Conv(1, padding: "${'ab\\n '.repeat(n / 5)}")`)),
    sizes: { fast: 1_000_000, full: 10_000_000 },
    says: 'NET0208',
  },
  {
    name: 'comment lines',
    files: (n) => main(`${'// nothing\n'.repeat(n)}${net('output mask = image -> Conv(1)')}`),
    sizes: { fast: 200_000, full: 1_400_000 },
    says: null,
  },
  {
    name: 'blank lines and comments in a body',
    files: (n) => main(net(`output mask = image${'\n//'.repeat(n)}`, '  -> Conv(1) -> sigmoid')),
    sizes: { fast: 200_000, full: 2_000_000 },
    says: null,
  },
  {
    name: 'more words than are read',
    files: (n) =>
      main(`${net('output mask = image -> Conv(1)')}// ${'a '.repeat(9)}\n${'a '.repeat(n)}`),
    sizes: { fast: 260_000, full: 8_000_000 },
    says: 'NET0018',
  },
  {
    name: 'documentation of one block',
    files: (n) => main(`${'/// more\n'.repeat(n)}block Unit(x) { x -> relu }\n`),
    sizes: { fast: 100_000, full: 1_500_000 },
    says: null,
  },
];

const graphs: readonly Hostile[] = [
  {
    name: 'models of a file',
    files: (n) =>
      main(
        `block Unit(x) { x -> Conv(8) -> BatchNorm -> relu }\n\n${rows(n, (i) => net('output mask = repeat 8 with x = image { x -> Unit } -> Conv(1)').replace('Net', `Net${i}`).replace('repeat', '(repeat').replace('} ->', '}) ->'))}`,
      ),
    sizes: { fast: 100, full: 1_000 },
    says: null,
  },
  {
    name: 'models of a file, each too large',
    files: (n) =>
      main(
        rows(n, (i) =>
          net('output mask = repeat 300000 with x = image { x -> relu }').replace('Net', `Net${i}`),
        ),
      ),
    sizes: { fast: 3, full: 250 },
    says: 'NET0308',
  },
  {
    name: 'variants of variants',
    files: (n) =>
      main(
        `model Net(base = 4) {\n  input image: [N, H, W, 3]\n  output mask = image -> Conv(base) -> Conv(1)\n}\n\nmodel V0 = Net(base: 5)\n${rows(n, (i) => `model V${i + 1} = V${i}(base: ${i + 5})`)}\n`,
      ),
    sizes: { fast: 300, full: 1_500 },
    says: null,
  },
  {
    name: 'variants in a circle',
    files: (n) => main(rows(n, (i) => `model V${i} = V${(i + 1) % n}`)),
    sizes: { fast: 1_000, full: 30_000 },
    says: 'NET0505',
  },
  {
    name: 'products of one pixel',
    files: (n) =>
      main(
        `model Net {\n  input image: [N, H, W, 3]\n  input gate: [N, 1, 1, 3]\n  let low = repeat ${n} with x = gate { x -> relu }\n  let all = repeat ${n} with x = image { x * low }\n  output mask = all -> Conv(1)\n}\n`,
      ),
    sizes: { fast: 3_000, full: 59_000 },
    says: null,
  },
  {
    name: 'choices with given names',
    files: (n) =>
      main(
        `block Unit(deep) (x) {\n${rows(n, (i) => `  let a${i} = if deep { x -> Conv(4) as u${i} } else { x -> Conv(4) as u${i} }`)}\n  ${`(${Array.from({ length: n }, (_, i) => `a${i}`).join(', ')})`} -> concat\n}\n\n${net('output mask = image -> Unit(true) -> Conv(1)')}`,
      ),
    sizes: { fast: 500, full: 8_000 },
    says: null,
  },
];

const imports: readonly Hostile[] = [
  {
    name: 'a chain of imports',
    files: (n) => ({
      'main.net': `import { Unit } from "f0.net"\n\n${net('output mask = image -> Unit -> Conv(1)')}`,
      ...Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `f${i}.net`,
          i === n - 1
            ? 'block Unit(x) { x -> Conv(4) }\n'
            : `import { Unit as Inner } from "f${i + 1}.net"\n\nblock Unit(x) { x -> Inner }\n`,
        ]),
      ),
    }),
    // Blocks that apply each other through more files are too deep; the files are loaded all the same.
    sizes: { fast: 1_500, full: 5_000 },
    says: 'NET0307',
  },
  {
    name: 'imports that meet again',
    files: (n) => ({
      'main.net': `import { A } from "f0.net"\n\n${net('output mask = image -> A -> Conv(1)')}`,
      ...Object.fromEntries(
        Array.from({ length: n }, (_, i) => [
          `f${i}.net`,
          `${i + 1 < n ? `import { A as B } from "f${i + 1}.net"\n` : ''}${i + 2 < n ? `import { A as C } from "f${i + 2}.net"\n` : ''}block A(x) { x -> Conv(4) }\n`,
        ]),
      ),
    }),
    sizes: { fast: 60, full: 1_500 },
    says: null,
  },
  {
    name: 'files that are missing',
    files: (n) => ({
      'main.net': `${rows(n, (i) => `import { A${i} } from "f${i}.net"`)}\n\n${net('output mask = image -> Conv(1)')}`,
    }),
    sizes: { fast: 500, full: 10_000 },
    says: 'NET0104',
  },
];

export const hostileTexts: readonly Hostile[] = [
  ...sizes,
  ...values,
  ...texts,
  ...graphs,
  ...imports,
];
