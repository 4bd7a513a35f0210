import { Option } from 'commander';

/** What training goes on with by `--force` beside too little memory. */
export const inTrainAndTest = 'or images are both trained and tested on';

/** `--force`, of the commands that compare what they need with the machine's memory. */
export const forceOption = (also?: string): Option =>
  new Option(
    '--force',
    `go on where the machine has too little memory${also === undefined ? '' : `, ${also}`}`,
  );
