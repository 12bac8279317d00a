/** Colours of the series of a chart. They are distinguishable in grey and with red-green colour blindness. */
export const COLOURS = ['#9aa5b1', '#0b69a3'] as const;

/** A whole SVG document with a title. */
export function document(width: number, height: number, title: string, content: readonly string[]): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">`,
    '<style>text{font:13px sans-serif;fill:#1f2933}.title{font-weight:bold;font-size:15px}</style>',
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text class="title" x="16" y="26">${escaped(title)}</text>`,
    ...content,
    '</svg>',
  ].join('\n')}\n`;
}

export function text(x: number, y: number, content: string, anchor: 'start' | 'middle' | 'end' = 'start'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
