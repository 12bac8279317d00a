import { parser } from '@prometheus-io/lezer-promql';

/** `label="value"` in a selector; the operator may also be `!=`, `=~` or `!~`. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** What a PromQL expression reads. */
export interface PromqlParts {
  readonly selectors: readonly { readonly metric: string; readonly matchers: readonly LabelMatcher[] }[];
  /** Labels in `by`, `without`, `on` and `ignoring`. */
  readonly grouping: readonly string[];
}

const MATCHER = /^(\w+)\s*(=~|!~|!=|=)\s*"(.*)"$/;

/** @throws Error if the expression is not PromQL. */
export function promqlParts(expression: string): PromqlParts {
  const selectors: { metric: string; matchers: LabelMatcher[] }[] = [];
  const grouping: string[] = [];
  parser.parse(expression).iterate({
    enter: ({ name, from, to, node }) => {
      const text = expression.slice(from, to);
      if (name === '⚠') throw new Error(`Not PromQL at ${from}: ${expression}`);
      if (name === 'Identifier') selectors.push({ metric: text, matchers: [] });
      if (name === 'UnquotedLabelMatcher') selectors.at(-1)?.matchers.push(matcherIn(text));
      if (name === 'LabelName' && node.parent?.name === 'GroupingLabels') grouping.push(text);
    },
  });
  return { selectors, grouping };
}

function matcherIn(text: string): LabelMatcher {
  const [, label = '', operator = '', value = ''] = MATCHER.exec(text) ?? [];
  return { label, operator, value };
}
