/** How names of pictures end, each with or without `.gz`. */
export const endings = 'png|jpg|jpeg|tif|tiff|gif|webp|bmp|ppm|pgm|pnm|npy|nii|dcm'.split(
  '|',
) as readonly string[];

/** An ending, at the end of a name in whatever case. */
export const pictureEnding = new RegExp(`\\.(?:${endings.join('|')})(?:\\.gz)?$`, 'i');
