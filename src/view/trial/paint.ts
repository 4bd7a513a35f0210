/**
 * Of the foreground's classes, in their order and then again from the first: told apart by people who see red and green alike. The
 * first is one that neither skin nor retina has.
 */
export const colours = ['#1fd1e0', '#e8590c', '#f2c037', '#9c36b5', '#2b8a3e', '#1c7ed6'] as const;

export const colourOf = (label: number): string => colours[(label - 1) % colours.length]!;

/** How much of the image shows through, as a byte. */
const alpha = 170;

/** Draws the classes of pixels over what lies below the canvas. */
export function paint(
  canvas: HTMLCanvasElement,
  { width, height, labels }: { width: number; height: number; labels: Uint8Array },
): void {
  canvas.width = width;
  canvas.height = height;
  const pixels = new ImageData(width, height);
  labels.forEach((label, i) => {
    if (label > 0) pixels.data.set([...channelsOf(colourOf(label)), alpha], 4 * i);
  });
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
}

const channelsOf = (colour: string): readonly number[] =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));

/** Of an image on the screen, in pixels. */
const leastWidth = 320;

/** Draws the image itself, which is given up; a small one is enlarged. */
export function paintImage(canvas: HTMLCanvasElement, image: ImageBitmap): void {
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')!.drawImage(image, 0, 0);
  canvas.style.width = `${Math.max(image.width, leastWidth)}px`;
  image.close();
}
