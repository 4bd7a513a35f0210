import { withParts } from './marked-parts.mjs';

const path = 'docs/editors.md';

/** The page on editors with the recipes that `npm run test:editors` runs. */
export function editors(read) {
  const fence = (file, language) => `\`\`\`${language}\n${read(file).trim()}\n\`\`\``;
  const parts = {
    neovim: fence('editors/neovim/init.lua', 'lua'),
    'neovim-older': fence('editors/neovim/init-0.7.lua', 'lua'),
    helix: fence('editors/helix/languages.toml', 'toml'),
  };
  return { [path]: withParts(read(path), parts) };
}
