import type { RunsView } from '../../runtime/viewing/runs-view.js';
import { follow } from './follow.js';
import { RunsPanel } from './panel.js';
import { switchBetween } from './switch.js';
import { ThresholdPanel } from './threshold-panel.js';

/** Adds the runs to the page, in sight first, and the choice between them and the networks. */
export function showRuns(place: HTMLElement, runs: RunsView | 'served'): void {
  const panel = new RunsPanel();
  place.append(panel.dom);
  const choice = switchBetween(place, panel.dom);
  place.querySelector('header h1')!.after(choice);
  if (runs !== 'served') panel.show(runs);
  else {
    const threshold = new ThresholdPanel(panel.mark);
    panel.putBeside(threshold.dom);
    const show = (view: RunsView): void => {
      panel.show(view);
      threshold.show(view.runs);
    };
    follow(show, panel.tell);
  }
}
