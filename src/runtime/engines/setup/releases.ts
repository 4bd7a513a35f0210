import type { PlatformName } from './platforms.js';

/** `gpu` is written from the wheels' metadata and untried: no machine with a GPU was at hand. */
export const variants = ['cpu', 'gpu'] as const;
export type Variant = (typeof variants)[number];

export const tensorFlowVersion = '2.21.0';

/** The npm package whose native binding and JavaScript are used; its own install script is not. */
export const tfjsNode = {
  name: '@tensorflow/tfjs-node-gpu',
  version: '4.22.0',
  integrity:
    'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
} as const;

/** One file of the Python package index; the hash is of the whole file. */
export interface Wheel {
  readonly project: string;
  readonly version: string;
  /** pip's `--platform`. */
  readonly platform: string;
  readonly sha256: string;
  /** In bytes, where known: for the progress shown. */
  readonly size?: number;
}

const nvidia = (name: string, version: string, sha256: string): Wheel => ({
  project: `nvidia-${name}-cu12`,
  version,
  platform: 'manylinux2014_x86_64',
  sha256,
});

const tensorFlow = (
  project: string,
  platform: string,
  sha256: string,
  size?: number,
): readonly Wheel[] => [
  {
    project,
    version: tensorFlowVersion,
    platform,
    sha256,
    ...(size === undefined ? {} : { size }),
  },
];

/** Those of the extra `and-cuda`, each in the oldest version which that admits. */
const cuda: readonly Wheel[] = [
  nvidia('cublas', '12.5.3.2', 'ca070ad70e9fa6654084575d01bd001f30cc4665e33d4bb9fc8e0f321caa034b'),
  nvidia(
    'cuda-cupti',
    '12.5.82',
    'bde77a5feb66752ec61db2adfe47f56b941842825b4c7e2068aff27c9d107953',
  ),
  nvidia(
    'cuda-nvcc',
    '12.5.82',
    'b03e545b8e8c3ce7ebcd7fc44063180ff52ff01d064ece2127ed90a04ef12cd0',
  ),
  nvidia(
    'cuda-nvrtc',
    '12.5.82',
    '3dbd97b0104b4bfbc3c4f8c79cd2496307c89c43c29a9f83125f1d76296ff3fd',
  ),
  nvidia(
    'cuda-runtime',
    '12.5.82',
    '3e79a060e126df40fd3a068f3f787eb000fa51b251ec6cd97d09579632687115',
  ),
  nvidia('cudnn', '9.3.0.75', '9ad9c6929ebb5295eb4a1728024666d1c88283373e265a0c5c883e6f9d5cd76d'),
  nvidia('cufft', '11.2.3.61', '9a6e8df162585750f61983a638104a48c756aa13f9f48e19ab079b38e3c828b8'),
  nvidia('curand', '10.3.6.82', '2823fb27de4e44dbb22394a6adf53aa6e1b013aca0f8c22867d1cfae58405536'),
  nvidia(
    'cusolver',
    '11.6.3.83',
    '93cfafacde4428b71778eeb092ec615a02a3d05404da1bcf91c53e3fa1bce42b',
  ),
  nvidia(
    'cusparse',
    '12.5.1.3',
    '016df8e993c437e8301e62739f01775cba988fd5253cd4c64173f8e8d2f8e752',
  ),
  nvidia('nccl', '2.27.7', 'de5ba5562f08029a19cb1cd659404b18411ed0d6c90ac5f52f30bf99ad5809aa'),
  nvidia(
    'nvjitlink',
    '12.5.82',
    'f9b37bc5c8cf7509665cb6ada5aaa0ce65618f2332b7d3e78e9790511f111212',
  ),
];

/**
 * TensorFlow's C library lives in its Python wheel. One wheel, that of Python 3.13, is taken whatever Python is here, so that
 * one hash pins it. Linux on x64 alone has one without CUDA beside the one with it; the others have none.
 */
export const wheels: Readonly<
  Record<PlatformName, Readonly<Partial<Record<Variant, readonly Wheel[]>>>>
> = {
  'linux-x64': {
    cpu: tensorFlow(
      'tensorflow-cpu',
      'manylinux_2_27_x86_64',
      '05af7c26d35f4de910b5598c7b507e3981831a7b0f47fed9a405d995d51d7793',
      274_271_560,
    ),
    gpu: [
      ...tensorFlow(
        'tensorflow',
        'manylinux_2_27_x86_64',
        'e9d8da8dcab9650efb45f032ba70af2f016f907e6e0c6bda29dd101bba945406',
      ),
      ...cuda,
    ],
  },
  'linux-arm64': {
    cpu: tensorFlow(
      'tensorflow',
      'manylinux_2_27_aarch64',
      'a10abdfb8b1189210c251021a3f153b7ccc52a8e6521351f3dc3331e8ba593e0',
      282_213_003,
    ),
  },
  'darwin-arm64': {
    cpu: tensorFlow(
      'tensorflow',
      'macosx_12_0_arm64',
      'a145ed46c58192b7c3f9916d070caf4f6afc6dc7e5511f83dd97677f4c4947f4',
      223_766_900,
    ),
  },
};

/** Free bytes the steps need at their peak: wheels and what is taken out of them. */
export const diskNeeded: Readonly<Record<Variant, number>> = { cpu: 1.4e9, gpu: 9e9 };
