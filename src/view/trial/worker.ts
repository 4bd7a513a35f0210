import { type Attempt, attempt } from './attempt.js';
import type { Told, Wish } from './messages.js';
import { type Network, openNetwork } from './network.js';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<Wish>) => void) | null;
  postMessage(told: Told): void;
};

let network: Network;
let last: Attempt;

async function answer(wish: Wish): Promise<Told> {
  if (wish.kind === 'open') {
    network = await openNetwork(wish.base, wish.number);
    const { trial, classes } = network;
    const threshold = classes > 2 ? null : trial.threshold;
    const { values, others } = trial.values;
    return { kind: 'opened', opened: { threshold, classes: trial.classes, values, others } };
  }
  if (wish.kind === 'mask') return { kind: 'masked', masked: await last.mask(wish.threshold) };
  const onShare = (share: number): void => scope.postMessage({ kind: 'share', share });
  if (wish.kind === 'map') return { kind: 'mapped', mapped: await last.map(wish.wanted, onShare) };
  last = await attempt(network, wish.image, onShare);
  return { kind: 'tried', tried: last.tried };
}

scope.onmessage = async ({ data }) => {
  try {
    scope.postMessage(await answer(data));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    scope.postMessage({ kind: 'refused', message });
  }
};
