/** `line` behind `indent` blanks, broken at blanks into lines of at most `width`; what follows stands 4 deeper. */
export function wrapped(line: string, indent: number, width: number): readonly string[] {
  const text = line.trimStart();
  const inner = indent + line.length - text.length;
  const lines: string[] = [];
  let rest = text;
  let margin = inner;
  while (margin + rest.length > width) {
    const at = breakOf(rest, width - margin);
    if (at < 0) break;
    lines.push(' '.repeat(margin) + rest.slice(0, at));
    rest = rest.slice(at + 1);
    margin = inner + 4;
  }
  return [...lines, ' '.repeat(margin) + rest];
}

/** Before an arrow where there is one in the second half of the room, else at the last blank that fits. */
function breakOf(text: string, room: number): number {
  const arrow = text.lastIndexOf(' -> ', room);
  if (arrow > room / 2) return arrow;
  const blank = text.lastIndexOf(' ', room);
  return blank > 0 ? blank : text.indexOf(' ');
}
