/** What `npm start` says at its end: where the report is, and what to try next. */
export function nextSteps(run: string): string {
  const commands = [
    [`predict ${run} IMAGE.png --out predicted`, 'a photograph of a retina: what it has learned'],
    ['data check FOLDER', 'a folder with images/ and masks/'],
  ] as const;
  const widest = Math.max(...commands.map(([command]) => command.length));
  const lines = commands.map(
    ([command, what]) => `  npx netc ${command.padEnd(widest)}   # ${what}`,
  );
  return `
report: ${run}/report.html

Next, on files of your own:
${lines.join('\n')}
docs/data.md shows the experiment that trains on such a folder ("Any folder").
`;
}
