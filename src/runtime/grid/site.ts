import { existsSync } from 'node:fs';
import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { resourcesSchema, type WrittenResources } from '../ablation/resources.js';
import { DiagnosedError } from '../errors/errors.js';
import {
  type JsonSchema,
  object,
  optional,
  section,
  text,
  texts,
} from '../experiments/schema/builders.js';
import { missing } from '../files/missing.js';
import { readText } from '../files/text.js';
import { reportSchemaErrors, validator } from '../yaml/schema-errors.js';
import { parseYaml, plainValue, spanOfKey, spanOfValue } from '../yaml/source.js';

/** How jobs are submitted at one's own place. */
export interface Site {
  readonly resources: WrittenResources | null;
  /** Lines of a shell before netc: `module load cuda`. */
  readonly setup: readonly string[];
  /** What runs netc in a container: `apptainer exec --nv netc.sif`. */
  readonly container: string | null;
  /** How netc is started on a node; null: as this process was. */
  readonly netc: string | null;
  readonly slurm: {
    readonly partition: string | null;
    readonly account: string | null;
    readonly qos: string | null;
    readonly constraint: string | null;
    /** Further options of sbatch. */
    readonly options: readonly string[];
  };
  readonly ray: { readonly address: string };
}

const optionalText = (description: string) => optional(text(description));

/** The schema of a site's file. */
export const siteSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'netc site',
  ...object('How jobs are submitted at one place.', {
    resources: resourcesSchema,
    setup: texts('Lines of a shell before netc.', 'A line, such as module load cuda/12.'),
    container: optionalText('A command that runs netc in a container, which it is put before.'),
    netc: optionalText('How netc is started on a node; as on this computer where left out.'),
    slurm: section('Of sbatch.', {
      partition: optionalText('--partition.'),
      account: optionalText('--account.'),
      qos: optionalText('--qos.'),
      constraint: optionalText('--constraint.'),
      options: texts('Further options.', 'An option, such as --mail-type=END.'),
    }),
    ray: section('Of the Jobs API.', {
      address: { ...text('Where the head answers.'), default: 'http://127.0.0.1:8265' },
    }),
  }),
};

const validate = validator(siteSchema, 'the site file');

/** Where a site's file is looked for when none is named. */
export const usualSite = 'netc-site.yaml';

/**
 * The site's file at `given`, else the one that NETC_SITE names, else `netc-site.yaml` in the current folder where there is one.
 * Throws `DiagnosedError` with the place of what is wrong.
 */
export function openSite(given: string | undefined, env = process.env.NETC_SITE): Site {
  const named = given ?? (env === '' ? undefined : env);
  const path = named ?? usualSite;
  if (named === undefined && !existsSync(path)) return siteOf('{}', path);
  const found = readText(path);
  if (found === undefined) throw missing(path, "name a site's YAML file (docs/scale.md)");
  return siteOf(found, path);
}

function siteOf(written: string, path: string): Site {
  const diagnostics = new Diagnostics();
  const source = parseYaml({ path, text: written }, diagnostics);
  if (!source) throw new DiagnosedError(diagnostics.all());
  const value = plainValue(source) ?? {};
  const spanOf = (at: Parameters<typeof spanOfKey>[1], part: 'key' | 'value') =>
    part === 'key' ? spanOfKey(source, at) : spanOfValue(source, at);
  reportSchemaErrors(validate(value), spanOf, diagnostics);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  return value as Site;
}
