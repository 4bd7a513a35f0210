import { choice, section } from './builders.js';

export const preprocess = section('What is done to an image before the network sees it.', {
  channels: choice('All colours, green, or luminance.', ['rgb', 'green', 'gray'], 'rgb'),
  standardise: choice(
    'Over what mean and deviation are taken, inside the field of view.',
    ['image', 'dataset', 'none'],
    'image',
  ),
});
