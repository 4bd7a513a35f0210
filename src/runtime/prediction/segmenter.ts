import { type Preprocessing, prepareFrame, type Ready } from '../data/preprocess.js';
import type { Frame, Mask, Picture } from '../data/sample.js';
import type { Engine, Tensors } from '../engines/engine.js';
import type { Prepared } from '../preparation/prepare.js';
import { predictRows, predictSample } from './predict.js';
import type { OnRows } from './strip.js';

/** A network and how it is used. */
export type Predictor = Omit<Prepared, 'dataset'>;

/** The weights of one training, and the preprocessing that was fitted to its images. */
export interface Member {
  readonly state: Tensors;
  readonly preprocessing: Preprocessing;
  /** Whether it was trained on frames without fields of view: it then sees frames whole too where they have one, which is of masks and scores alone. */
  readonly whole?: boolean;
}

/** What a trained network says of frames, or several of one kind, whose probabilities are averaged. */
export interface Segmenter {
  /** The question, and the frame as it is scored and shown. Throws `InputError` where the image is not for the network. */
  prepare<T extends Frame>(frame: T): { readonly question: Question; readonly shown: T };
}

/** A prepared frame. It holds what the network sees and no more: of a large image each copy counts. */
export interface Question {
  /** Of what the network sees. */
  readonly width: number;
  readonly height: number;
  readonly fov: Mask | null;
  /** Hands on the answer's rows from the top down, those of one network as soon as they are done. */
  answer(onRows: OnRows): Promise<void>;
}

/** What of a predictor says how whole images are asked for. */
export interface Asking {
  readonly experiment: Pick<Predictor['experiment'], 'evaluation' | 'patch'>;
  readonly network: Pick<Predictor['network'], 'geometry'>;
}

/** @param members one or more, of the network that `engine` was opened for */
export async function openSegmenter(
  engine: Pick<Engine, 'call' | 'write'>,
  { experiment: { evaluation, patch }, network: { geometry } }: Asking,
  members: readonly [Member, ...Member[]],
): Promise<Segmenter> {
  const window = evaluation.window ?? patch;
  const [first, ...others] = members;
  await engine.write(first.state);
  const answerOf = async (member: Member, image: Picture): Promise<Float32Array> => {
    await engine.write(member.state);
    return predictSample(engine, geometry, { image }, window, evaluation);
  };
  return {
    prepare(frame) {
      const { seen, shown } = preparedFor(first, frame);
      const { width, height } = seen;
      const size = { width, height, fov: shown.fov };
      if (members.length === 1) {
        const answer: Question['answer'] = (onRows) =>
          predictRows(engine, geometry, seen, window, evaluation, onRows);
        return { shown, question: { ...size, answer } };
      }
      const theirs = others.map((other) => preparedFor(other, frame).seen);
      const views = [seen, ...theirs];
      const answer: Question['answer'] = async (onRows) => {
        const answers: Float32Array[] = [];
        for (const [n, member] of members.entries())
          answers.push(await answerOf(member, views[n]!));
        onRows(0, meanOf(answers), answers[0]!.length / (width * height));
      };
      return { shown, question: { ...size, answer } };
    },
  };
}

function preparedFor<T extends Frame>({ preprocessing, whole }: Member, frame: T): Ready<T> {
  const ready = prepareFrame(preprocessing, frame);
  if (!whole || frame.fov === null) return ready;
  return { ...ready, seen: prepareFrame(preprocessing, { ...frame, fov: null }).seen };
}

/** The whole answer by row, column and channel. */
export async function wholeAnswer({ width, height, answer }: Question) {
  let data = new Float32Array();
  let [of, filled] = [0, 0];
  await answer((_, values, channels) => {
    if (of === 0) [data, of] = [new Float32Array(width * height * channels), channels];
    data.set(values, filled);
    filled += values.length;
  });
  return { data, channels: of };
}

const meanOf = (answers: readonly Float32Array[]): Float32Array =>
  answers[0]!.map((_, i) => answers.reduce((sum, own) => sum + own[i]!, 0) / answers.length);
