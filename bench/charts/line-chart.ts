import { COLOURS, document, text } from './svg.js';

export interface LineChart {
  readonly title: string;
  /** Values above zero, on a logarithmic axis. */
  readonly x: Axis;
  /** The same. */
  readonly y: Axis;
}

interface Axis {
  readonly name: string;
  readonly values: readonly number[];
}

const WIDTH = 720;
const HEIGHT = 360;
const LEFT = 80;
const RIGHT = 60;
const TOP = 60;
const BOTTOM = 50;
const COLOUR = COLOURS[1];

/** Draws one line through points on two logarithmic axes, as SVG. */
export function lineChart({ title, x, y }: LineChart): string {
  const across = scale(x.values, LEFT, WIDTH - RIGHT);
  const up = scale(y.values, HEIGHT - BOTTOM, TOP);
  const points = x.values.map((value, index) => ({
    value,
    left: across(value),
    top: up(y.values[index] ?? value),
    index,
  }));
  const path = points.map(({ left, top }) => `${left.toFixed(1)},${top.toFixed(1)}`).join(' ');
  return document(WIDTH, HEIGHT, title, [
    `<polyline points="${path}" fill="none" stroke="${COLOUR}" stroke-width="2"/>`,
    ...points.flatMap(({ value, left, top, index }) => [
      `<circle cx="${left.toFixed(1)}" cy="${top.toFixed(1)}" r="4" fill="${COLOUR}"/>`,
      text(left, top - 12, `${rounded(y.values[index] ?? 0)} ${y.name}`, 'middle'),
      text(left, HEIGHT - BOTTOM + 24, `${rounded(value)} ${x.name}`, 'middle'),
    ]),
  ]);
}

/** Maps the range of the values to that of the picture. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => from + ((Math.log(value) - low) / (high - low)) * (to - from);
}

function rounded(value: number): string {
  return value.toLocaleString('en', { maximumSignificantDigits: 3 });
}
