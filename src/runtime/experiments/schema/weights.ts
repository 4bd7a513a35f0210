import { object, optional, text, texts } from './builders.js';

const paths = 'Paths of the network: * is any text between slashes, ** any text.';

/** What training begins from in place of initial values. */
export const weights = optional(
  object(
    'What training starts from in place of initial values; a path by itself is its `from`.',
    {
      from: text(
        "A run's folder, a safetensors file or a PyTorch checkpoint, from the working directory.",
      ),
      map: optional(
        text(
          'What the file calls the weights, such as models/maps/*.yaml, from the working directory.',
        ),
      ),
      only: texts('Which paths are taken from it; all where left out.', paths),
      except: texts('Which paths are left at their initial values.', paths),
    },
    ['from'],
  ),
);

export const freeze = texts(
  'Which weights and moments training leaves as they are: no gradient, no step, batch norm by its stored moments.',
  paths,
);
