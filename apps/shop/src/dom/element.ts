/** A node, or a text. Texts never become HTML. */
export type Content = Node | string;
type Attributes = Readonly<Record<string, string | boolean>>;

/**
 * Creates an element.
 * @param attributes true sets an attribute without a value, false leaves it out.
 */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Name] {
  const created = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== false) created.setAttribute(key, value === true ? '' : value);
  }
  created.append(...content);
  return created;
}

/** A button that is busy, and ignores further clicks, until `act` has ended. It keeps the focus meanwhile. */
export function button(label: Content, act: () => unknown, attributes: Attributes = {}): HTMLButtonElement {
  const created = element('button', { type: 'button', ...attributes }, label);
  created.addEventListener('click', () => {
    if (created.getAttribute('aria-disabled') === 'true') return;
    created.setAttribute('aria-disabled', 'true');
    void Promise.resolve(act()).finally(() => {
      created.removeAttribute('aria-disabled');
    });
  });
  return created;
}
