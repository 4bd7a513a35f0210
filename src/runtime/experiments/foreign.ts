import type { ForeignKey } from '../../compiler/diagnostics/messages/foreign-key.js';
import type { Path } from '../yaml/source.js';

/**
 * Words of PyTorch, Lightning, Keras and MONAI in an experiment. A table of its own, as the compiler has one for
 * layers: a near name of ours is seldom what such a word means.
 */
type Foreign = { readonly path: string; readonly value: string } | { readonly advice: string };

/** What netc calls it, as a path, and a value for it in YAML. */
const called = (path: string, value: string): Foreign => ({ path, value });
const advice = (text: string): Foreign => ({ advice: text });

const rate = called('learningRate', '0.001');
const decay = called('optimiser.weightDecay', '0.0001');
const patch = called('patch', '64');
const validating = called('validation.every', '500');
const folder = called('output', 'runs/mine');
const data = called('data', '{kind: folder, root: images}');
const sized = advice(
  '`patch: 64` is the size of a training patch; `preprocess: [{resize: 256}]` changes that of images',
);
const threads = advice('leave it out: images are read and augmented beside the engine, in order');
const device = advice(
  '`engine: {kind: tensorflow}` says what computes, and `engine: {gpu: require}` that it is a GPU',
);
const ofModel = advice(
  'the network says it: a parameter of the model stands under `parameters`, if it has one for it',
);
const ofImages = advice('images come in random patches, in an order that follows from `seed`');
const scores = advice(
  'leave it out: all scores are written; `validation: {metric: f1}` selects the best',
);
const normalised = called('preprocess', '[standardise]');
const begun = advice(
  '`netc train --resume RUN` goes on with a run; without it a training begins anew',
);

/** By the word in lower case, without `_` and `-`. */
const keys: Readonly<Record<string, Foreign>> = {
  ...each('lr initlr baselr maxlr learningrate initiallearningrate', rate),
  ...each('batchsize trainbatchsize bs', called('batch', '8')),
  ...each('maxepochs numepochs nepochs epoch', called('epochs', '100')),
  ...each(
    'maxsteps numsteps iterations maxiterations numiterations iters maxiters',
    called('steps', '2000'),
  ),
  ...each('stepsperepoch', called('patchesPerEpoch', '10000')),
  ...each('patchsize cropsize roisize', patch),
  ...each('imagesize imgsize inputsize size resolution', sized),
  ...each('optimizer opt', called('optimiser.kind', 'adam')),
  ...each('weightdecay l2 wd', decay),
  ...each('momentum', called('optimiser.momentum', '0.9')),
  ...each('nesterov', called('optimiser.nesterov', 'true')),
  ...each('betas', advice('write `optimiser: {beta1: 0.9, beta2: 0.999}`')),
  ...each('eps', called('optimiser.epsilon', '1.0e-8')),
  ...each('scheduler lrscheduler lrschedule lrpolicy', called('schedule.kind', 'cosine')),
  ...each('warmup warmupsteps warmupepochs', called('schedule.warmup', '100')),
  ...each('criterion lossfn lossfunction objective', called('loss', 'bce')),
  ...each('classweights classweight posweight weight', called('loss.classWeights', '[1, 5]')),
  ...each(
    'augmentation augmentations augmentor transforms transform',
    called('augment', '{flips: true}'),
  ),
  ...each('preprocessing normalize normalization normalise', normalised),
  ...each('dataset datasets datadir dataroot datapath trainloader', data),
  ...each(
    'numworkers workers pinmemory prefetch prefetchfactor dataloader persistentworkers',
    threads,
  ),
  ...each('shuffle droplast sampler', ofImages),
  ...each('device devices accelerator gpu gpus ngpu cuda gpuids backend', device),
  ...each('amp fp16 mixedprecision half bf16 dtype', called('precision', 'mixed')),
  ...each('randomseed manualseed randomstate seedeverything', called('seed', '1')),
  ...each(
    'network net arch architecture modelname backbone encoder',
    called('model', '{path: unet.net}'),
  ),
  ...each('modelparams modelparameters modelargs hparams', called('parameters', '{base: 32}')),
  ...each('numclasses nclasses outchannels classes', ofModel),
  ...each('inchannels numchannels inputchannels channels dropout droprate', ofModel),
  ...each(
    'gradclip clipgrad clipgradnorm gradientclip gradientclipval maxgradnorm clipnorm',
    called('clip', '1'),
  ),
  ...each(
    'accumulategradbatches gradaccum gradientaccumulation gradientaccumulationsteps',
    called('accumulate', '4'),
  ),
  ...each(
    'gradientcheckpointing usecheckpoint checkpointing withcp activationcheckpointing',
    called('memory', 'low'),
  ),
  ...each('emadecay modelema', called('ema', '0.999')),
  ...each('earlystopping patience earlystop', called('validation.patience', '10')),
  ...each(
    'valinterval valfreq validationinterval valcheckinterval checkvaleverynepoch evalevery',
    validating,
  ),
  ...each(
    'saveevery savefreq checkpointevery saveinterval everynepochs',
    called('checkpoint.every', '500'),
  ),
  ...each('savedir outputdir outdir logdir out workdir resultsdir experimentname runname', folder),
  ...each(
    'valsplit testsplit trainsplit validationsplit',
    called('data.split', '{kind: seed, validation: 0.1}'),
  ),
  ...each(
    'kfold kfolds nfolds numfolds crossvalidation',
    called('data.split', '{kind: folds, folds: 5}'),
  ),
  ...each('tta testtimeaugmentation', called('evaluation.flips', 'true')),
  ...each('metrics metric monitor', scores),
  ...each('logger tensorboard', called('logs.tensorboard', 'true')),
  ...each(
    'wandb mlflow',
    advice('leave it out: a run keeps log.jsonl, and event files for TensorBoard'),
  ),
  ...each('resume ckptpath checkpointpath', begun),
  ...each(
    'callbacks verbose deterministic benchmark',
    advice('leave it out: there is no such choice'),
  ),
};

/** Words that mean something else inside a section than beside it, by section. */
const inside: Readonly<Record<string, Readonly<Record<string, Foreign>>>> = {
  optimiser: each('name type optimizer', called('optimiser.kind', 'adam')),
  schedule: {
    ...each('name type scheduler', called('schedule.kind', 'cosine')),
    ...each('stepsize milestones', called('schedule.at', '[30, 60]')),
    ...each('etamin minlr', called('schedule.floor', '0.01')),
    ...each('tmax', advice('leave it out: a schedule is as long as the training')),
  },
  loss: each('name type', called('loss.kind', 'bce')),
  data: {
    ...each('name type dataset', called('data.kind', 'folder')),
    ...each('path dir folder datadir rootdir', called('data.root', 'images')),
    ...each('imagedir imagesdir imagepath', called('data.images', '"images/{id}.*"')),
    ...each('maskdir masksdir maskpath labelsdir labeldir', called('data.masks', '"masks/{id}.*"')),
    ...each('valsplit testsplit folds kfold fold', called('data.split', '{kind: folds, folds: 5}')),
  },
  augment: {
    ...each(
      'horizontalflip verticalflip hflip vflip randomflip mirror',
      called('augment.flips', 'true'),
    ),
    ...each('rotation degrees randomrotation', called('augment.rotate', '15')),
    ...each('rotate90 randomrotate90', called('augment.quarterTurns', 'true')),
    ...each(
      'elastictransform elasticdeformation',
      called('augment.elastic', '{amplitude: 2, smoothness: 8}'),
    ),
    ...each('color colorjitter colourjitter hue saturation', called('augment.colour', '0.1')),
    ...each('gaussiannoise gaussnoise', called('augment.noise', '0.02')),
    ...each('zoom randomscale randomresizedcrop', called('augment.scale', '0.2')),
  },
  model: each('file', called('model.path', 'unet.net')),
  evaluation: each('tta', called('evaluation.flips', 'true')),
  validation: each('interval freq', validating),
  engine: each('device name type', called('engine.kind', 'tensorflow')),
};

/** Values of `kind` by the names they have elsewhere. */
const values: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'loss.kind': {
    ...same('bceloss bcewithlogitsloss bcewithlogits binarycrossentropy', 'bce'),
    ...same('diceloss softdice generalizeddice', 'dice'),
    ...same('dicebce bcedice diceceloss', 'bce+dice'),
    ...same('crossentropyloss ce categoricalcrossentropy nllloss', 'cross-entropy'),
    ...same('focalloss', 'focal'),
    ...same('tverskyloss', 'tversky'),
  },
  'schedule.kind': {
    ...same('cosineannealing cosineannealinglr', 'cosine'),
    ...same('steplr multisteplr', 'step'),
    ...same('reducelronplateau', 'plateau'),
    ...same('none constantlr', 'constant'),
  },
  'engine.kind': same('cuda gpu cpu tf keras', 'tensorflow'),
};

function each(words: string, foreign: Foreign): Readonly<Record<string, Foreign>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, foreign]));
}

function same(words: string, value: string): Readonly<Record<string, string>> {
  return Object.fromEntries(words.split(' ').map((word) => [word, value]));
}

const plainWord = (text: string): string => text.toLowerCase().replace(/[_\s-]/g, '');

function foreignWord(path: Path): Foreign | undefined {
  const [section, word] = [path.slice(0, -1).join('.'), plainWord(String(path.at(-1)))];
  const table = inside[section];
  if (table && Object.hasOwn(table, word)) return table[word];
  return Object.hasOwn(keys, word) ? keys[word] : undefined;
}

/** Whether a key that no experiment has is a word of another library for what an experiment says. */
export function isForeign(key: string): boolean {
  const foreign = foreignWord([key]);
  return foreign !== undefined && foreign !== ofModel;
}

/** The key of a section that says its kind under another name: `type` of `data: {type: folder}`. */
export const foreignKindIn = (section: Path, value: object): string | undefined =>
  Object.keys(value).find((key) => {
    const foreign = foreignWord([...section, key]);
    return foreign && 'path' in foreign && foreign.path === [...section, 'kind'].join('.');
  });

/** What netc has for an unknown key at `path`; undefined where it is no word that is known from elsewhere. */
export function foreignKey(path: Path): ForeignKey | undefined {
  const foreign = foreignWord(path);
  if (!foreign || 'advice' in foreign) return foreign;
  // It differs in its spelling alone: that is a slip, and told as one.
  if (plainWord(foreign.path) === plainWord(path.join('.'))) return undefined;
  const section = foreign.path.split('.').slice(0, -1).join('.');
  return { ...foreign, isBeside: section === path.slice(0, -1).join('.') };
}

/** The value that netc has for a foreign one at `path`. */
export function foreignValue(path: Path, value: unknown): string | undefined {
  const table = values[path.join('.')];
  const word = plainWord(String(value));
  return table && Object.hasOwn(table, word) ? table[word] : undefined;
}
