// Opens a broken file in Neovim with the recipe of docs/editors.md for its version, and checks that the error is shown at its place.
// NVIM names another Neovim than the one on the PATH. Skips where there is none.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const nvim = process.env.NVIM || 'nvim';

const broken = `model Net {
  input  image: [N, H, W, 3]
  output mask = image -> Convv(1) -> sigmoid
}
`;
const expected = /^3:26 NET0101 .*Convv/m;

const version = spawnSync(nvim, ['--version'], { encoding: 'utf8' });
if (version.error) {
  console.log(`skipped: there is no ${nvim}`);
  process.exit(0);
}
const [name, minor] = /^NVIM v0\.(\d+)\S*/m.exec(version.stdout);
const recipe = Number(minor) >= 11 ? 'init.lua' : 'init-0.7.lua';

const folder = mkdtempSync(join(tmpdir(), 'netc-neovim-'));
try {
  const command = join(folder, 'netc');
  const main = join(here, '../dist/bin/main.js');
  writeFileSync(command, `#!/bin/sh\nexec "${process.execPath}" "${main}" "$@"\n`);
  chmodSync(command, 0o755);
  writeFileSync(join(folder, 'broken.net'), broken);
  const init = join(here, 'neovim', recipe);
  const script = join(here, 'neovim/check.lua');
  const { stdout, stderr } = spawnSync(
    nvim,
    ['--headless', '--clean', '-u', init, 'broken.net', '-c', `luafile ${script}`],
    {
      cwd: folder,
      encoding: 'utf8',
      timeout: 60_000,
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH}` },
    },
  );
  const shown = `${stdout}${stderr}`.replaceAll('\r', '').trim();
  console.log(`${name}, neovim/${recipe}:\n${shown}`);
  if (!expected.test(shown)) {
    console.error(`wanted ${expected}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true });
}
