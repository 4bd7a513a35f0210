import { object, optional, text, texts } from './builders.js';

const paths = 'Paths of the network: * is any text between slashes, ** any text.';

/** What training starts from instead of initial values. */
export const weights = optional(
  object(
    'Weights that training starts from instead of initial values; a path by itself is short for `from`.',
    {
      from: text(
        "A run's folder, a safetensors file or a PyTorch checkpoint, relative to the working directory.",
      ),
      map: optional(
        text(
          "A map from another implementation's names, such as models/maps/*.yaml, relative to the working directory; left out, the names are netc's.",
        ),
      ),
      only: texts('Take only these paths of the network; empty takes all.', paths),
      except: texts('Leave these paths at their initial values.', paths),
    },
    ['from'],
  ),
);

export const freeze = texts(
  'Weights and running statistics that training leaves as they are: no gradient, no step, and batch norm uses its running statistics.',
  paths,
);
