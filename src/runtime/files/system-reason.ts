import { getSystemErrorMap } from 'node:util';

/** What the system calls an error, such as `permission denied`; its code where it has no words for it. */
export const systemReason = ({ code = '', errno = 0 }: NodeJS.ErrnoException): string =>
  getSystemErrorMap().get(errno)?.[1] ?? code;
