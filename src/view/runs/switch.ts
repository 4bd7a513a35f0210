import { button, element } from '../elements/elements.js';

/**
 * Two buttons of which one is pressed: the page shows the runs or the networks. What is not shown keeps its room, since a drawing is as
 * wide as there is room for it, and is neither reached by Tab nor read out.
 */
export function switchBetween(place: HTMLElement, runs: HTMLElement): HTMLElement {
  const choose = (isRuns: boolean): void => {
    place.classList.toggle('shows-runs', isRuns);
    runs.hidden = !isRuns;
    toRuns.setAttribute('aria-pressed', String(isRuns));
    toNetworks.setAttribute('aria-pressed', String(!isRuns));
  };
  const toRuns = button('Runs', () => choose(true));
  const toNetworks = button('Networks', () => choose(false));
  choose(true);
  return element(
    'span',
    { role: 'group', 'aria-label': 'Shown', class: 'shown' },
    toRuns,
    toNetworks,
  );
}
