// What is measured: two networks at four widths and sizes, against five peers.
import { costOf } from '../../dist/compiler/cost/cost.js';

/** `peer` names the map of weights, and the network in bench/peers. */
const networks = [
  { model: 'unet', title: 'U-Net', peer: 'pytorch-unet' },
  { model: 'r2au', title: 'R2AU-Net', peer: 'pytorch-r2attunet' },
];
const sizes = [
  { base: 16, batch: 8, size: 64 },
  { base: 64, batch: 4, size: 64 },
  { base: 16, batch: 1, size: 512 },
  { base: 64, batch: 2, size: 256 },
];

export const workloads = networks.flatMap((network) =>
  sizes.map((chosen) => ({
    ...network,
    ...chosen,
    name: `${network.model}-${chosen.base}-${chosen.batch}x${chosen.size}`,
    title: `${network.title} ${chosen.base}, ${chosen.batch}x${chosen.size}²`,
  })),
);

/** The peers, in the order in which they are shown; `script` is one of bench/peers/timing. */
export const peers = {
  eager: { title: 'PyTorch eager', script: 'torch_side.py', trains: true },
  compile: { title: 'torch.compile', script: 'torch_side.py', trains: true },
  keras: { title: 'Keras graph', script: 'keras_side.py', trains: true },
  xla: { title: 'Keras XLA', script: 'keras_side.py', trains: true },
  ort: { title: 'ONNX Runtime', script: 'ort_side.py', trains: false },
};

/** Multiply-adds of the convolutions: once forward, and of a step as often again for either gradient. */
export function multiplyAddsOf({ graph }, { batch, size }) {
  const forward = batch * costOf(graph, { height: size, width: size }).multiplyAdds;
  return { predict: forward, train: 3 * forward };
}
