/**
 * Prints the measurements of a fault test that `npm run faults` runs. These are the figures of docs/reliability.md.
 * @param figures the measurements, such as `{ 'back after ms': 812 }`.
 */
export function measured(fault: string, figures: Readonly<Record<string, number | string>>): void {
  if (process.env.FAULTS_REPORT !== 'true') return;
  const texts = Object.entries(figures).map(([name, figure]) => `${name}: ${figure}`);
  process.stdout.write(`${fault} | ${texts.join(', ')}\n`);
}
