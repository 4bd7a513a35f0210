import { App } from './app.js';
import { button } from './elements/elements.js';
import { dataId, type PageData, workerId } from './page-data.js';
import { startService } from './remote.js';
import { showRuns } from './runs/show.js';
import { Trial } from './trial/panel.js';

const textOf = (id: string): string => document.getElementById(id)!.textContent!;

const data = JSON.parse(textOf(dataId)) as PageData;
const { texts, viewed } = data;
const service = startService(textOf(workerId), { texts, viewed }, (message) => app.fail(message));
const app = new App(data, service);
const place = document.getElementById('app')!;
place.replaceChildren(...app.parts);
app.begin();
if (data.trials.length > 0) {
  const trial = new Trial(data.trials);
  document.body.append(trial.dom);
  const open = button('Try it', () => trial.open(), 'Try it: give the trained network an image');
  // In sight beside runs too.
  open.classList.add('try');
  document.querySelector('header')!.append(open);
}
if (data.runs) showRuns(place, data.runs);
