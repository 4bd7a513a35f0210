import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    readonly fuzz: { readonly minutes: number; readonly seed: number };
  }
}
