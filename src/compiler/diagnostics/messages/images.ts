import { type Advice, adviceWords, type KindOf, type NoFacts, wordsByKind } from './entry.js';
import { counted } from './words.js';

type Model = { readonly model: string };

const advice = (message: string): Advice => ({ message });

/** Why a model does not segment images. */
const geometries = {
  inputs: ({ count }: { count: number }): string => `it has ${count} inputs, one image is wanted`,
  noOutput: ({ output }: { output: string }): string => `it has no output ${output}`,
  input: (_: NoFacts): string => 'its input is no image [N, H, W, channels]',
  map: ({ output }: { output: string }): string =>
    `its output ${output} is no map [N, H, W, classes]`,
  margin: ({ output }: { output: string }): string =>
    `its output ${output} is neither as large as its input nor evenly narrower`,
};

export type GeometryFacts = Model & { readonly misfit: KindOf<typeof geometries> };

export const geometryWords = ({ model, misfit }: GeometryFacts): string => {
  const reason = wordsByKind<typeof geometries, string>(geometries, misfit);
  return `${model} cannot be trained as a segmentation of images: ${reason}`;
};

/** What of the channels of images keeps them from being trained on together. */
export const channels = {
  colourStep: (f: { step: string; images: number; channels: number; example: string }) => ({
    message: `the step ${f.step} takes images of 1 or 3 channels, and ${f.images} have ${f.channels}, as ${f.example}`,
    suggestion: advice('leave the step out'),
  }),
  mixed: ({ counts, areColours }: { counts: readonly ChannelCount[]; areColours: boolean }) => ({
    message: `the images have different channels: ${counts
      .map((one) => `${one.images} of ${counted(one.channels, 'channel')}, as ${one.example}`)
      .join('; ')}`,
    suggestion: advice(
      areColours
        ? 'add the step `gray: luminance` to preprocess and give the model an input of 1, or save all of them as colours'
        : 'save all of them with the same channels',
    ),
  }),
  image: ({ image, has, wanted }: { image: string; has: number; wanted: number }) => ({
    message: `image ${image} has ${counted(has, 'channel')} and the network takes ${wanted}`,
    suggestion: advice(
      wanted === 1
        ? 'add the step `gray: luminance` to preprocess'
        : `give the model an input of ${has}`,
    ),
  }),
};

export type ChannelCount = {
  readonly images: number;
  readonly channels: number;
  /** One of them. */
  readonly example: string;
};
export type ChannelFacts = KindOf<typeof channels>;

/** In one line, for what has no place in a text. */
export function channelText(facts: ChannelFacts): string {
  const { message, suggestion } = wordsByKind(channels, facts);
  return suggestion ? `${message}: ${adviceWords(suggestion)}` : message;
}
