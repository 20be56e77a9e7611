/** Once a dialogue stands still: a clerk who has already gone on by Tab is not taken back. */
export function focusFirst(id: string): void {
  const first = document.getElementById(id);
  const dialogue = first?.closest('[role="dialog"]');
  const chosen = document.activeElement;
  const hasChosen = chosen instanceof HTMLButtonElement && dialogue?.contains(chosen);
  if (!hasChosen) first?.focus();
}
