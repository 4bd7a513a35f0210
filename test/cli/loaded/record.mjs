// Preloaded into `netc` by loaded.test.ts: writes the address of every module that a command loads to the file LOADED_TO.
import { appendFileSync } from 'node:fs';
import { createRequire, register } from 'node:module';

register('./hooks.mjs', import.meta.url);

process.on('exit', () => {
  const required = Object.keys(createRequire(import.meta.url).cache);
  appendFileSync(process.env.LOADED_TO, required.map((path) => `${path}\n`).join(''));
});
