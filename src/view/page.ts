import { dataId, type PageData, workerId } from './page-data.js';

/** A page as text, and what a server says of what it may do. */
export interface Page {
  readonly html: string;
  readonly policy: string;
}

export interface PageParts extends PageData {
  readonly script: string;
  /** The script of the worker that the page starts. */
  readonly worker: string;
  readonly style: string;
  /** The Base64 SHA-256 of `script`. */
  readonly scriptHash: string;
}

/** One file that asks for nothing: script, style and texts are in it, and its policy lets it load nothing else; one that shows runs may ask its own server. */
export function pageOf({ script, worker, style, scriptHash, ...data }: PageParts): Page {
  // Where a run can be tried, the page asks the server that it came from, and its worker compiles the kernels.
  const tries = data.trials.length > 0;
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${scriptHash}'${tries ? " 'wasm-unsafe-eval'" : ''}`,
    `style-src 'nonce-${data.nonce}'`,
    'worker-src blob:',
    'img-src data: blob:',
    ...(tries || data.runs === 'served' ? ["connect-src 'self'"] : []),
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="icon" href="data:,">
<title>netc view</title>
<style nonce="${data.nonce}">${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="${dataId}">${embedded(data)}</script>
<script type="text/plain" id="${workerId}">${worker}</script>
<script type="module">${script}</script>
</body>
</html>
`;
  return { html, policy };
}

/** JSON that ends no element, whatever is in its texts. */
export const embedded = (data: PageData): string =>
  JSON.stringify(data).replace(/[<>&\u2028\u2029]/g, (letter) => {
    const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
    return `\\u${code}`;
  });

/** A script that ends no element either: in its strings, a slash after `<` may be escaped. */
export const inlined = (script: string): string =>
  script.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
