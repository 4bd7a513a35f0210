import type { RunsView } from '../runtime/viewing/runs-view.js';
import type { ViewedTexts } from '../runtime/viewing/texts.js';

/** What a page of `netc view` is given: the texts, and the models it shows; the first is open. */
export interface PageData extends ViewedTexts {
  /** Of the styles that the page's scripts add. */
  readonly nonce: string;
  /** The runs that can be tried, by the numbers of their files; none in a page without a server. */
  readonly trials: readonly string[];
  /** The runs it shows: as they were when it was written, or what the server tells again and again. */
  readonly runs?: RunsView | 'served' | undefined;
}

/** Of the element that holds it. */
export const dataId = 'netc-data';
/** Of the element that holds the worker's script. */
export const workerId = 'netc-worker';
