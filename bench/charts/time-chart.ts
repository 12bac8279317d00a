import { COLOURS, document, text } from './svg.js';

export interface TimeChart {
  readonly title: string;
  /** Panels below each other, over the same time. */
  readonly panels: readonly Panel[];
}

interface Panel {
  readonly name: string;
  /** The first series is the measured one; an optional second one, thin and grey on top of it, is the expected one. */
  readonly lines: readonly Line[];
}

interface Line {
  readonly minutes: readonly number[];
  /** Not negative; one value for each of the minutes. */
  readonly values: readonly number[];
}

const WIDTH = 720;
const LEFT = 70;
const RIGHT = 30;
const TOP = 50;
const PANEL = 150;
const PLOT = 90;

/** Draws lines over time in panels, each from zero to its largest value, as SVG. */
export function timeChart({ title, panels }: TimeChart): string {
  const end = Math.max(1e-3, ...panels.flatMap(({ lines }) => lines.flatMap(({ minutes }) => minutes)));
  const content = panels.flatMap((panel, index) => panelAt(TOP + index * PANEL, panel, end));
  return document(WIDTH, TOP + panels.length * PANEL, title, content);
}

function panelAt(top: number, { name, lines }: Panel, end: number): string[] {
  const most = Math.max(1e-3, ...lines.flatMap(({ values }) => values));
  const [floor, ceiling] = [top + 20 + PLOT, top + 20];
  const across = (minute: number): string => (LEFT + (minute / end) * (WIDTH - LEFT - RIGHT)).toFixed(1);
  const up = (value: number): string => (floor - (value / most) * (floor - ceiling)).toFixed(1);
  return [
    text(LEFT, top + 10, name),
    text(LEFT - 8, ceiling + 10, most.toLocaleString('en', { maximumSignificantDigits: 3 }), 'end'),
    text(LEFT - 8, floor, '0', 'end'),
    text(WIDTH - RIGHT, floor + 18, `${end.toFixed(end < 10 ? 1 : 0)} min`, 'end'),
    `<path d="M${LEFT} ${ceiling}V${floor}H${WIDTH - RIGHT}" fill="none" stroke="#1f2933"/>`,
    ...lines.map(({ minutes, values }, index) => {
      const points = values.map((value, at) => `${across(minutes[at] ?? 0)},${up(value)}`).join(' ');
      const stroke =
        index === 0 ? `stroke="${COLOURS[1]}" stroke-width="2"` : `stroke="${COLOURS[0]}" stroke-width="1.5"`;
      return `<polyline points="${points}" fill="none" ${stroke}/>`;
    }),
  ];
}
