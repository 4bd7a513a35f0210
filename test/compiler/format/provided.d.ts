import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly formatFuzz: { readonly programs: number; readonly seed: number };
  }
}
