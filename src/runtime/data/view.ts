import type { Picture } from './sample.js';

/** An image as a screen shows it: bytes of one or three channels. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/**
 * Values of 0 to 255 as they are; others, such as Hounsfield units, spread from least to greatest. Of two, four or more
 * channels, which are no colours, the first.
 */
export function viewOf(picture: Picture): View {
  const { width, height } = picture;
  const channels = picture.channels === 3 ? 3 : 1;
  const data =
    picture.channels === channels
      ? picture.data
      : picture.data.filter((_, i) => i % picture.channels === 0);
  let [least, most] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < least) least = data[i]!;
    else if (data[i]! > most) most = data[i]!;
  }
  const [low, high] = least < 0 || most > 255 ? [least, most] : [0, 255];
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    bytes[i] = Math.round(((data[i]! - low) / (high - low)) * 255);
  }
  return { width, height, channels, data: bytes };
}
