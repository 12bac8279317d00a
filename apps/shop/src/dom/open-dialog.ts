/**
 * Opens a modal dialog. Everything outside one is out of reach and silent for screen readers, so the notices are in it meanwhile.
 */
export function openDialog(dialog: HTMLDialogElement, notices: HTMLElement): void {
  const home = notices.parentElement;
  dialog.append(notices);
  dialog.addEventListener('close', () => home?.append(notices), { once: true });
  dialog.showModal();
}
