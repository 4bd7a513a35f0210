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
    return { kind: 'opened', opened: { threshold, classes: trial.classes } };
  }
  if (wish.kind === 'mask') return { kind: 'masked', masked: await last.mask(wish.threshold) };
  last = await attempt(network, wish.image, (share) => scope.postMessage({ kind: 'share', share }));
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
