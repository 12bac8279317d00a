/** A code block in a page. */
export interface Example {
  /** The headings above it, without the page's title. */
  readonly heading: string;
  /** The line of the page where its code begins. */
  readonly line: number;
  readonly language: 'bash' | 'python';
  readonly code: string;
  /** The block with its output; undefined if there is none. */
  readonly printed: Block | undefined;
}

interface Block {
  readonly heading: string;
  readonly line: number;
  readonly language: string;
  readonly text: string;
}

const FENCE_OR_HEADING = /^```(?<language>\w+)\n(?<text>[^]*?)^```$|^(?<level>#+) (?<title>.+)$/gm;

/** The `bash` and `python` blocks of a page in order, each with the `json` or `text` block that follows it. */
export function examplesOf(markdown: string): Example[] {
  const blocks = blocksOf(markdown);
  return blocks.flatMap(({ language, text: code, ...place }, index) => {
    if (language !== 'bash' && language !== 'python') return [];
    const next = blocks[index + 1];
    const printed = next?.language === 'json' || next?.language === 'text' ? next : undefined;
    return [{ ...place, language, code, printed }];
  });
}

function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const headings: string[] = [];
  for (const { index, groups = {} } of markdown.matchAll(FENCE_OR_HEADING)) {
    const { language, text = '', level = '', title = '' } = groups;
    if (language === undefined) {
      headings.splice(level.length - 1, Infinity, title);
    } else {
      const line = markdown.slice(0, index).split('\n').length + 1;
      blocks.push({ heading: headings.slice(1).join(', '), line, language, text });
    }
  }
  return blocks;
}
