import type { ViewedTexts } from '../runtime/viewing/texts.js';
import type { Answer, Call } from './remote.js';
import { Service } from './service.js';

const scope = self as unknown as {
  onmessage: ((event: MessageEvent<unknown>) => void) | null;
  postMessage(answer: Answer): void;
};

/** The texts come first, then calls. */
scope.onmessage = ({ data }) => {
  const service = new Service(data as ViewedTexts);
  scope.onmessage = ({ data }) => {
    const { id, name, args } = data as Call;
    try {
      const run = service[name] as (...args: readonly unknown[]) => unknown;
      scope.postMessage({ id, result: run.apply(service, [...args]) });
    } catch (error) {
      scope.postMessage({ id, error: error instanceof Error ? error.message : String(error) });
    }
  };
};
