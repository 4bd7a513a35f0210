// What is measured: two networks at four widths and sizes, against five peers.
import { costOf } from '../../dist/compiler/cost/cost.js';

/**
 * `peer` names the map of weights, and the network in bench/peers. `apart` is how far losses may be apart after one step and
 * after two. Adam's first steps are the gradient's sign, so that what rounding turns around moves a weight by the whole rate,
 * and recurrent layers multiply it: PyTorch's own losses of R2AU-Net by one thread, by two and in double differ by up to 0.3 %
 * after one step and 1.1 % after two.
 */
const networks = [
  { model: 'unet', title: 'U-Net', peer: 'pytorch-unet', apart: 0.005 },
  { model: 'r2au', title: 'R2AU-Net', peer: 'pytorch-r2attunet', apart: 0.03 },
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
