import type { SignedIn } from '@cartwright/client';
import { button, element } from '../dom/element.js';
import { openDialog } from '../dom/open-dialog.js';
import { explain } from '../explain.js';
import { reportText } from '../report-text.js';
import type { Store } from '../store.js';

/** Signs in or creates an account, and says what became of the guest's cart. */
export class AccountDialog extends HTMLElement {
  private readonly message = element('p', { class: 'note', role: 'alert', hidden: true });
  private readonly email = element('input', {
    id: 'email',
    type: 'email',
    autocomplete: 'email',
    required: true,
    maxlength: '254',
  });
  private readonly password = element('input', {
    id: 'password',
    type: 'password',
    autocomplete: 'current-password',
    required: true,
    minlength: '12',
    'aria-describedby': 'password-hint',
  });
  private readonly body = element('div', { class: 'dialog-body' });
  private readonly dialog: HTMLDialogElement;

  constructor(
    private readonly store: Store,
    private readonly notices: HTMLElement,
  ) {
    super();
    const close = button(
      'Close',
      () => {
        this.dialog.close();
      },
      { class: 'quiet', 'aria-label': 'Close this dialog' },
    );
    const heading = element('h2', { id: 'account-heading' }, 'Sign in');
    this.dialog = element(
      'dialog',
      { class: 'account', 'aria-labelledby': 'account-heading' },
      element('header', {}, heading, close),
      this.body,
    );
    this.append(this.dialog);
  }

  open(): void {
    this.tell('');
    this.body.replaceChildren(this.form());
    openDialog(this.dialog, this.notices);
    this.email.focus();
  }

  private form(): HTMLElement {
    const form = element(
      'form',
      {},
      element('p', {}, 'What is in your guest cart comes with you.'),
      element('label', { for: 'email' }, 'E-mail address'),
      this.email,
      element('label', { for: 'password' }, 'Password'),
      this.password,
      element('p', { id: 'password-hint', class: 'muted' }, 'At least 12 characters.'),
      this.message,
      element(
        'div',
        { class: 'actions' },
        element('button', { type: 'submit', class: 'primary' }, 'Sign in'),
        button('Create an account', async () => {
          if (form.reportValidity()) await this.signIn(true);
        }),
      ),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.signIn(false);
    });
    return form;
  }

  private async signIn(isNew: boolean): Promise<void> {
    try {
      const report = await this.store.signIn({ email: this.email.value, password: this.password.value }, isNew);
      this.password.value = '';
      if (report.length === 0) this.dialog.close();
      else this.showReport(report);
    } catch (error) {
      this.tell(explain(error));
    }
  }

  private showReport(report: SignedIn['report']): void {
    const names = new Map(this.store.products?.map(({ product_id, name }) => [product_id, name]));
    const rows = report.map((line) =>
      element('li', {}, reportText(line, names.get(line.product_id) ?? line.product_id)),
    );
    const done = button(
      'Continue shopping',
      () => {
        this.dialog.close();
      },
      { class: 'primary' },
    );
    this.body.replaceChildren(
      element('p', {}, 'You are signed in. From your guest cart:'),
      element('ul', { class: 'report' }, ...rows),
      element('div', { class: 'actions' }, done),
    );
    done.focus();
  }

  private tell(text: string): void {
    this.message.textContent = text;
    this.message.hidden = text === '';
  }
}

customElements.define('shop-account', AccountDialog);
