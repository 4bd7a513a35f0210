/** The exit statuses of a process that a signal ended. */
export const signalStatus = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** The signals that ask a process to end. */
export type EndSignal = keyof typeof signalStatus;

/** Within so many milliseconds two signals are one: a scheduler sends it to all processes of a job, and a parent passes on its own. */
const same = 1000;

/** Calls `onSignal` at each signal that asks the process to end, until released. */
export function onSignals(onSignal: (status: number, signal: EndSignal) => void): () => void {
  let last = Number.NEGATIVE_INFINITY;
  const listener = (signal: NodeJS.Signals): void => {
    const now = performance.now();
    if (now - last < same) return;
    last = now;
    onSignal(signalStatus[signal as EndSignal], signal as EndSignal);
  };
  const names = Object.keys(signalStatus) as EndSignal[];
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}

/** Waits for work that each signal asks to stop. `interrupted` is the exit status of the first signal; undefined where none came. */
export async function stoppable<T>(work: {
  readonly ended: Promise<T>;
  stop(): void;
}): Promise<{ readonly end: T; readonly interrupted: number | undefined }> {
  let interrupted: number | undefined;
  const release = onSignals((status) => {
    interrupted ??= status;
    work.stop();
  });
  const end = await work.ended.finally(release);
  return { end, interrupted };
}
