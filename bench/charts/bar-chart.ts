import { COLOURS, document, text } from './svg.js';

export interface BarChart {
  readonly title: string;
  readonly unit: string;
  /** The labels of the bars in each group. */
  readonly series: readonly string[];
  readonly groups: readonly { readonly name: string; readonly values: readonly number[] }[];
}

const LEFT = 90;
const TOP = 70;
const BAR = 18;
const GAP = 16;
const WIDTH = 720;
const LABEL = 80;

/** Draws horizontal bars in groups, as SVG. */
export function barChart({ title, unit, series, groups }: BarChart): string {
  const largest = Math.max(...groups.flatMap(({ values }) => values));
  const scale = (WIDTH - LEFT - LABEL) / largest;
  const groupHeight = series.length * BAR + GAP;
  const bars = groups.flatMap(({ name, values }, group) => {
    const top = TOP + group * groupHeight;
    return [
      text(LEFT - 10, top + (series.length * BAR) / 2 + 5, name, 'end'),
      ...values.flatMap((value, index) => {
        const y = top + index * BAR;
        const width = (value * scale).toFixed(1);
        return [
          `<rect x="${LEFT}" y="${y}" width="${width}" height="${BAR - 2}" fill="${COLOURS[index] ?? 'grey'}"/>`,
          text(LEFT + value * scale + 6, y + BAR - 5, `${Math.round(value)} ${unit}`),
        ];
      }),
    ];
  });
  const legend = series.flatMap((name, index) => [
    `<rect x="${LEFT + index * 150}" y="40" width="12" height="12" fill="${COLOURS[index] ?? 'grey'}"/>`,
    text(LEFT + index * 150 + 18, 51, name),
  ]);
  return document(WIDTH, TOP + groups.length * groupHeight, title, [...legend, ...bars]);
}
