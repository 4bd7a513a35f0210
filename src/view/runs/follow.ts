import { type RunsView, runsName } from '../../runtime/viewing/runs-view.js';

/** Milliseconds between an answer and the next question. */
const pause = 3000;

/**
 * Asks the server for the runs at once and every few seconds while somebody looks; what has not changed since is not sent again.
 * @param tell is given what is wrong, null once nothing is
 */
export function follow(
  show: (view: RunsView) => void,
  tell: (problem: string | null) => void,
): void {
  let version: string | null = null;
  const ask = async (): Promise<void> => {
    const headers: HeadersInit = version === null ? {} : { 'If-None-Match': version };
    const response = await fetch(runsName, { headers });
    if (response.status === 500)
      throw new Error(`the runs cannot be read: ${await response.text()}`);
    if (response.ok) {
      show((await response.json()) as RunsView);
      version = response.headers.get('ETag');
    } else if (response.status !== 304) throw new Error(`the server answers ${response.status}`);
  };
  const again = async (): Promise<void> => {
    if (!document.hidden) {
      const problem = await ask().then(() => null, wordsOf);
      tell(problem);
    }
    setTimeout(again, pause);
  };
  void again();
}

const wordsOf = (error: unknown): string =>
  error instanceof TypeError
    ? 'netc view has ended: this is what it told last. Start it again, and open its new address.'
    : String((error as Error).message);
