import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly fuzz: { readonly minutes: number; readonly networks: number; readonly seed: number };
  }
}
