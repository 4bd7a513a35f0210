/** What a scheduler says of a run's last job. */
export interface Job {
  readonly on: 'slurm' | 'ray';
  readonly id: string;
  readonly state: 'queued' | 'running' | 'ended';
  /** The scheduler's own words: `TIMEOUT`, or why it is not begun. */
  readonly words: string;
}

/** Whether it waits or runs. */
export const isLive = ({ state }: Job): boolean => state !== 'ended';
