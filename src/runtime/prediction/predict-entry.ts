import type { Sample } from '../data/sample.js';
import { type Segmenter, wholeAnswer } from './segmenter.js';

/** A sample as it is scored, and the network's answer at each of its pixels. */
export interface Predicted {
  readonly sample: Sample;
  readonly prediction: Float32Array;
}

/** The answer to a sample as it was read. */
export async function predictRead(segmenter: Segmenter, read: Sample): Promise<Predicted> {
  const { question, shown } = segmenter.prepare(read);
  return { sample: shown, prediction: (await wholeAnswer(question)).data };
}
