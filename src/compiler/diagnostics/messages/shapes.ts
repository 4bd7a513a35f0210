import { type Span, textOf } from '../../source/source.js';
import { type Advice, error, errorByKind, type NoFacts, type Words } from './entry.js';
import { volumesAdvice } from './foreign.js';
import { type Mismatch, placesOf, remedyOf } from './mismatch.js';
import { type ShapeFacts, shapeRefusal } from './shape-rules.js';
import { counted, replace } from './words.js';

/** What a shape rule refused, with where the tensors were made or, of two that differ, where they parted. */
type Refused = {
  readonly rule: ShapeFacts;
  readonly tensors: readonly { readonly at: Span; readonly shape: string }[];
  readonly mismatch?: Mismatch | undefined;
};

function refused({ rule, tensors, mismatch }: Refused): Words {
  const { message, suggestion } = shapeRefusal(rule);
  if (mismatch) return { message, related: placesOf(mismatch), suggestion: remedyOf(mismatch) };
  const related = tensors.map(({ at, shape }) => ({ span: at, message: shape }));
  return { message, related, ...(suggestion && { suggestion }) };
}

type Residue = { readonly modulus: number; readonly remainder: number };

/** `a multiple of 16`, `16k + 12`: what one symbol may be. */
const residueWords = ({ modulus, remainder }: Residue): string =>
  remainder === 0 ? `a multiple of ${modulus}` : `${modulus}k + ${remainder}`;

type ImageSize = { readonly height: number; readonly width: number };
type Side = 'height' | 'width';
/** The image, and the nearest sizes that fit. */
type Nearest = {
  readonly image: ImageSize;
  readonly above?: ImageSize | undefined;
  readonly below?: ImageSize | undefined;
};

/** What a size may be: what engines count in has 32 bits. */
const mostWords = '2,147,483,647';

/** What comes in, where that is short enough to help. */
function from(shapes: readonly string[]): string {
  const words = shapes.join(' and ');
  return words === '' || words.length > 80 ? '' : `, from ${words}`;
}

const things = { height: 'rows', width: 'columns' } as const;

/** The texts of an input's sizes, with its whole shape; symbols stand for the sizes of a batch of images. */
type InputShape = { readonly sizes: readonly string[]; readonly shape: Span };

export const shapes = {
  NET0401: error('Shapes do not fit', refused),
  NET0402: error('Sizes disagree', refused),
  NET0403: error(
    'Size is not whole',
    ({ size, symbol }: { size: string; symbol: string | null }) => ({
      message:
        symbol === null
          ? `heights and widths must be whole, and here one would be ${size}`
          : `no ${symbol} makes ${size} whole`,
      suggestion:
        symbol === null
          ? "write H or W for the number in the input's shape, and netc finds the sizes that fit"
          : 'another stride, window or padding here, or pad before it',
    }),
  ),
  /** Each size asks for a residue of the symbol, which is told as `H = 16k`. */
  NET0404: error(
    'Contradicting sizes',
    ({
      here,
      there,
      isValid,
    }: {
      readonly here: Demand;
      readonly there: Demand & { readonly at?: Span | undefined };
      /** Whether one of the two is a window of padding "valid". */
      readonly isValid: boolean;
    }) => ({
      message: `${here.size} must be whole, so ${here.residue}; but ${there.residue}`,
      related: there.at
        ? [{ span: there.at, message: `${there.size} must be whole here: ${there.residue}` }]
        : [],
      suggestion: isValid
        ? 'write padding: "same" where it is "valid": then it asks for a multiple of its stride'
        : 'give one of the two another stride, or resizeLike one branch to the other',
    }),
  ),
  NET0405: errorByKind('Shape of an input', {
    /** Three sizes are most likely an image without its channels or without its batch, five a volume. */
    rank: ({ sizes, shape, isImage }: InputShape & { isImage: boolean }) => {
      const whole = isImage ? [...sizes, '1'] : ['N', ...sizes];
      return {
        message: 'the shape of an input is [batch, height, width, channels]',
        suggestion:
          sizes.length === 3
            ? replace(shape, `[${whole.join(', ')}]`)
            : sizes.length === 5
              ? volumesAdvice
              : 'write four sizes, as in `[N, H, W, 3]`',
      };
    },
    calculated: ({ symbol }: { symbol: string }, { span }) => ({
      message: `a size of an input is one symbol or one number, and ${textOf(span)} is neither`,
      suggestion: replace(span, symbol),
    }),
    /** A symbol for the channels; `second` is what stands where PyTorch has them. */
    channels: ({
      symbol,
      sizes: [n, second, h, w],
      shape,
      isNumber,
    }: InputShape & { symbol: string; isNumber: boolean }) => {
      const last = `[${n}, ${h}, ${w}, ${isNumber ? second : 3}]`;
      const words = `channels come last: write \`${last}\``;
      return {
        message: `the channels of an input are a number, and ${symbol} is a symbol`,
        suggestion: isNumber
          ? replace(shape, last, words)
          : second === 'C'
            ? `${words}, with their number`
            : 'write how many, as in `[N, H, W, 3]`, or a parameter of the model',
      };
    },
  }),
  NET0407: errorByKind('Size out of range', {
    /** Where an operation makes it; `shapes` of what comes in. */
    operation: ({ shapes }: { shapes: readonly string[] }) => ({
      message: `this makes a size past ${mostWords}, or rounds one too often${from(shapes)}`,
      suggestion:
        'give it a smaller factor, stride, window or number of channels, or fewer of them in a row',
    }),
    input: ({ value }: { value: number }) => ({
      message: `a size of an input is at most ${mostWords}, not ${value}`,
      suggestion: 'write a symbol such as H, or a smaller number',
    }),
    /** A divisor of the sizes of images, by itself or with those of other lines. */
    demand: (_: NoFacts) => ({
      message: `only images of more than ${mostWords} rows or columns would have whole sizes here`,
      suggestion: 'give it a smaller stride or window, or pool less often before it',
    }),
    /** A number of a built-in's configuration. */
    parameter: ({
      parameter,
      callee,
      value,
    }: {
      parameter: string;
      callee: string;
      value: number;
    }) => ({
      message: `${parameter} of ${callee} is at most ${mostWords}, not ${value}`,
      suggestion: 'give it a smaller number',
    }),
  }),
  NET0406: errorByKind('Image size does not fit', {
    /** A symbol that stands in two places. */
    twice: ({
      symbol,
      values,
      ...nearest
    }: Nearest & { symbol: string; values: readonly [number, number] }) => ({
      message: `${symbol} would be both ${values.join(' and ')}`,
      ...padOrCrop(nearest),
    }),
    fixed: ({
      input,
      side,
      wanted,
      given,
      ...nearest
    }: Nearest & { input: string; side: Side; wanted: number; given: number }) => ({
      message: `${input} has ${wanted} ${things[side]}, and the images have ${given}`,
      ...padOrCrop(nearest),
    }),
    operation: (facts: Nearest & Residue & AtOperation) => ({
      message: `${facts.symbol} is ${facts.value}, and ${facts.model} wants ${[
        ...(facts.modulus === 1 ? [] : [residueWords(facts)]),
        ...(facts.least === null ? [] : [`${facts.least} or more`]),
      ].join(', ')}`,
      label: failureWords(facts),
      ...padOrCrop(facts),
    }),
  }),
};

type Demand = { readonly size: string; readonly residue: string };

type AtOperation = {
  readonly model: string;
  readonly symbol: string;
  readonly side: Side;
  readonly value: number;
  /** The least that leaves every size at 1 or more, where that decides. */
  readonly least: number | null;
  /** What arrives at the operation, and what it would make of it; sizes as printed and in numbers. */
  readonly arrives: { readonly size: string; readonly value: number } | null;
  readonly makes: { readonly size: string; readonly value: number };
};

/** `73 rows (H/8) come in, and H/16 would be 36.5`. */
function failureWords({ symbol, side, arrives, makes }: AtOperation): string {
  const would = `${makes.size} would be ${Number(makes.value.toFixed(4))}`;
  if (!arrives) return would;
  const size = arrives.size === symbol ? '' : ` (${arrives.size})`;
  return `${arrives.value} ${things[side]}${size} come in, and ${would}`;
}

/** `pad to 592x576 (8 rows and 11 columns more), or crop to 576x560`. */
function padOrCrop({ image, above, below }: Nearest): { readonly suggestion?: Advice } {
  const ways: string[] = [];
  if (above) {
    const [rows, columns] = [above.height - image.height, above.width - image.width];
    const more = [
      ...(rows === 0 ? [] : [counted(rows, 'row')]),
      ...(columns === 0 ? [] : [counted(columns, 'column')]),
    ];
    ways.push(`pad to ${above.height}x${above.width} (${more.join(' and ')} more)`);
  }
  if (below) ways.push(`crop to ${below.height}x${below.width}`);
  return ways.length === 0 ? {} : { suggestion: ways.join(', or ') };
}
