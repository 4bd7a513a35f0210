/** How many colours the scale has. */
export const steps = 256;

/** A path through OKLCh from a dark violet over blue and green to a light yellow: lightness, chroma and hue in degrees of its ends. */
const from = { lightness: 0.24, chroma: 0.12, hue: 300 };
const to = { lightness: 0.94, chroma: 0.15, hue: 105 };

/**
 * Red, green and blue of each step, as bytes one after the other. Lightness rises evenly, so that the scale is read without seeing
 * hues, and in print without colour.
 */
export const scale: Uint8ClampedArray = (() => {
  const bytes = new Uint8ClampedArray(3 * steps);
  for (let i = 0; i < steps; i++) {
    const at = (a: number, b: number): number => a + ((b - a) * i) / (steps - 1);
    const colour = colourOf(
      at(from.lightness, to.lightness),
      at(from.chroma, to.chroma),
      at(from.hue, to.hue),
    );
    bytes.set(colour, 3 * i);
  }
  return bytes;
})();

/** OKLCh to the bytes of sRGB (Ottosson 2020, "A perceptual color space for image processing"; IEC 61966-2-1). */
function colourOf(lightness: number, chroma: number, hue: number): readonly number[] {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ].map((linear) => 255 * encoded(linear));
}

function encoded(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
}

/** The step of a value between two others; the first where they are one. */
export const stepOf = (value: number, least: number, greatest: number): number =>
  greatest > least ? Math.round(((value - least) / (greatest - least)) * (steps - 1)) : 0;

/** As CSS names it, from the least to the greatest. */
export function gradient(): string {
  const stops = Array.from({ length: 17 }, (_, i) => {
    const at = 3 * Math.round((i / 16) * (steps - 1));
    return `rgb(${scale.slice(at, at + 3).join(' ')})`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
