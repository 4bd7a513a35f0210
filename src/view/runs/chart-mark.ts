/** A place in a chart whose axes go from 0 to 1. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Puts a dot into the chart of a figure, in the place of the one before; null removes it. */
export function putMark(figure: HTMLElement, point: Point | null): void {
  figure.querySelector('.mark-point')?.remove();
  const plot = figure.querySelector<SVGGElement>('.role-frame.root > g');
  // The frame's ground is what the axes span; read from its path, since what is not in sight has no box.
  const ground = plot?.querySelector(':scope > .background')?.getAttribute('d');
  const [, width, height] = /h([\d.]+)v([\d.]+)/.exec(ground ?? '')?.map(Number) ?? [];
  if (!point || !plot || width === undefined || height === undefined) return;
  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');
  dot.setAttribute('class', 'mark-point');
  dot.setAttribute('r', '5');
  dot.setAttribute('cx', `${point.x * width}`);
  dot.setAttribute('cy', `${(1 - point.y) * height}`);
  plot.append(dot);
}
