import { Dice } from './dice.js';
import { Images } from './random-images.js';
import { Values } from './random-values.js';
import { roughen } from './roughen.js';
import { type Kind, Namer, type Parameter, Scope, type Signature } from './scope.js';

/** A program of two files, written plainly. */
export interface Program {
  readonly main: string;
  readonly library: string;
}

const configuration: readonly Kind[] = ['four', 'count', 'flag', 'mode', 'widths', 'unit'];

function parameters(
  dice: Dice,
  namer: Namer,
  blocks: readonly Signature[],
  all: boolean,
): Parameter[] {
  const values = new Values(new Scope(dice, blocks));
  const made = dice.several(0, 4, (): Parameter => {
    const kind = dice.pick(configuration);
    const name = kind === 'unit' ? namer.upper() : namer.lower();
    const fallback =
      all || dice.chance(0.6)
        ? values.of(kind, () => dice.pick(['relu', 'BatchNorm', 'Conv(4)']))
        : null;
    return { name, kind, fallback };
  });
  return [...made.filter((p) => p.fallback === null), ...made.filter((p) => p.fallback !== null)];
}

const written = (list: readonly Parameter[], dice: Dice): string =>
  `(${list.map(({ name, fallback }) => (fallback === null ? name : `${name} = ${fallback}`)).join(', ')}${list.length > 0 && dice.chance(0.1) ? ',' : ''})`;

const depthOf = (dice: Dice): number => dice.below(4);

function block(
  dice: Dice,
  namer: Namer,
  blocks: readonly Signature[],
): Signature & { text: string } {
  const name = namer.upper();
  const list = parameters(dice, namer, blocks, false);
  const inputs = dice.several(1, 2, () => namer.lower());
  const scope = new Scope(dice, blocks.slice(-2), list);
  for (const input of inputs) scope.add(input, 'image');
  const body = new Images(scope, namer, depthOf(dice)).body();
  const config = list.length > 0 || dice.chance(0.2) ? `${written(list, dice)} ` : '';
  const text = `block ${name}${config}(${inputs.join(', ')}) ${body}`;
  return { name, parameters: list, inputs: inputs.length, text };
}

/** A block that applies itself until its depth is spent. */
function recursive(dice: Dice, namer: Namer): Signature & { text: string } {
  const [name, depth, x] = [namer.upper(), namer.lower(), namer.lower()];
  const deeper = dice.pick(['maxPool(2)', 'Conv(4)']);
  const back = deeper === 'Conv(4)' ? 'relu' : 'upsample(2)';
  const text = `block ${name}(${depth} = 2) (${x}) {
if ${depth} == 0 { ${x} } else {
let ${x}d = ${x} -> ${deeper} -> ${name}(${depth} - 1) as below -> ${back}
(${x}, ${x}d) -> concat -> Conv(4)
}
}`;
  return { name, parameters: [{ name: depth, kind: 'count', fallback: '2' }], inputs: 1, text };
}

function model(
  dice: Dice,
  namer: Namer,
  blocks: readonly Signature[],
): Signature & { text: string } {
  const name = namer.upper();
  const list = parameters(dice, namer, blocks, true);
  const inputs = dice.several(1, 2, () => namer.lower());
  const scope = new Scope(dice, blocks, list);
  const ports = inputs.map(
    (input) =>
      `input ${input}: [N, H, W, ${dice.pick(['4', '2 + 2'])}${dice.chance(0.1) ? ',' : ''}]`,
  );
  for (const input of inputs) scope.add(input, 'image');
  const images = new Images(scope, namer, depthOf(dice) + 1);
  const lines = dice.several(0, 3, () => images.line(scope));
  const outputs = dice.several(1, 2, () => `output ${namer.lower()} = ${images.image()}`);
  const config = list.length > 0 || dice.chance(0.2) ? written(list, dice) : '';
  const text = `model ${name}${config} {\n${[...ports, ...lines, ...outputs].join('\n')}\n}`;
  return { name, parameters: list, inputs: 0, text };
}

function variant(dice: Dice, namer: Namer, base: Signature): string {
  const values = new Values(new Scope(dice, []));
  const args = base.parameters
    .filter(() => dice.chance(0.5))
    .map(
      ({ name, kind }) =>
        `${name}: ${values.of(kind, () => dice.pick(['tanh', 'Conv(4, kernel: 1)']))}`,
    );
  return `model ${namer.upper()} = ${base.name}${dice.chance(0.8) ? `(${args.join(', ')})` : ''}`;
}

/** A program without errors, one statement a line, that uses all of the grammar over many seeds. */
export function plainProgram(seed: number): Program {
  const dice = new Dice(seed);
  const namer = new Namer(dice);
  const library = dice.several(1, 2, () => block(dice, namer, []));
  const renamed = library.map((each) =>
    dice.chance(0.4) ? { ...each, name: namer.upper() } : each,
  );
  const names = library.map(({ name }, i) =>
    renamed[i]!.name === name ? name : `${name} as ${renamed[i]!.name}`,
  );
  const blocks: Signature[] = [...renamed];
  const texts = [`import { ${names.join(', ')} } from "library.net"`];
  for (let n = dice.below(4); n > 0; n--) {
    const made = dice.chance(0.25) ? recursive(dice, namer) : block(dice, namer, blocks);
    blocks.push(made);
    texts.push(made.text);
  }
  const base = model(dice, namer, blocks);
  texts.push(base.text, ...dice.several(0, 2, () => variant(dice, namer, base)));
  return {
    main: `${texts.join('\n')}\n`,
    library: `${library.map(({ text }) => text).join('\n')}\n`,
  };
}

/** The same with comments, odd blanks and line ends wherever the language takes them. */
export function randomProgram(seed: number): { readonly plain: Program; readonly rough: Program } {
  const plain = plainProgram(seed);
  const dice = new Dice(seed ^ 0x5eed);
  return {
    plain,
    rough: { main: roughen(plain.main, dice), library: roughen(plain.library, dice) },
  };
}
