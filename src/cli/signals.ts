/** The exit statuses of a process that a signal ended. */
export const signalStatus = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Calls `onSignal` at each signal that asks the process to end, until released. */
export function onSignals(onSignal: (status: number, signal: NodeJS.Signals) => void): () => void {
  const listener = (signal: NodeJS.Signals): void =>
    onSignal(signalStatus[signal as keyof typeof signalStatus], signal);
  const names = Object.keys(signalStatus) as (keyof typeof signalStatus)[];
  for (const name of names) process.on(name, listener);
  return () => {
    for (const name of names) process.off(name, listener);
  };
}
