/**
 * Prints what a fault test has measured, if `npm run faults` runs it: the figures of docs/reliability.md are these.
 * @param figures what was measured, such as `{ 'back after ms': 812 }`.
 */
export function measured(fault: string, figures: Readonly<Record<string, number | string>>): void {
  if (process.env.FAULTS_REPORT !== 'true') return;
  const texts = Object.entries(figures).map(([name, figure]) => `${name}: ${figure}`);
  process.stdout.write(`${fault} | ${texts.join(', ')}\n`);
}
