import { element } from './elements/elements.js';
import type { Remote } from './remote.js';
import type { Printed } from './service.js';

export const formats = ['svg', 'pdf', 'png'] as const;
export type Format = (typeof formats)[number];

/**
 * Gives the drawing as a file to keep, `millimetres` wide in print, or as it is on the screen where that is null.
 * @returns what is wrong, in words
 */
export async function save(
  service: Remote,
  format: Format,
  millimetres: number | null,
): Promise<string | null> {
  const made = await service.figure(format === 'pdf' ? 'pdf' : 'svg', millimetres);
  if ('problem' in made) return made.problem;
  const blob = format === 'png' ? await pngOf(made) : blobOf(made, format);
  if (!blob) return 'this drawing is too large for a picture: save SVG';
  download(`${made.title}.${format}`, blob);
  return null;
}

const blobOf = ({ data }: Printed, format: 'svg' | 'pdf'): Blob =>
  new Blob([data as BlobPart], { type: format === 'svg' ? 'image/svg+xml' : 'application/pdf' });

/** With 300 dots an inch where it has a size in print, else two dots a pixel. */
async function pngOf(made: Printed): Promise<Blob | null> {
  const { printed, width, height } = made;
  const dots = printed === null ? 2 : ((printed / 25.4) * 300) / width;
  const image = new Image();
  const address = URL.createObjectURL(blobOf(made, 'svg'));
  try {
    image.src = address;
    await image.decode();
    const canvas = element('canvas');
    canvas.width = Math.round(width * dots);
    canvas.height = Math.round(height * dots);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function download(name: string, blob: Blob): void {
  const address = URL.createObjectURL(blob);
  element('a', { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
