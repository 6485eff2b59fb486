/** Short messages at the foot of the page, read out to screen readers; some can be undone. */
interface Toast {
  id: number;
  text: string;
  undo?: () => void;
}

const STAY_MS = 8000;
let shown = $state.raw<Toast[]>([]);
let next = 0;

export const toasts = (): Toast[] => shown;
export const dismiss = (id: number): void => void (shown = shown.filter((t) => t.id !== id));

/** Shows `text` for eight seconds, or until dismissed when it can be undone. Only the last change can be. */
export function toast(text: string, undo?: () => void): void {
  const id = next++;
  if (undo) forget();
  shown = [...shown.slice(-2), { id, text, undo }];
  if (!undo) setTimeout(() => dismiss(id), STAY_MS);
}

const forget = (): void => void (shown = shown.filter((t) => !t.undo));

/** A change is stored: what is shown is read anew, and then told as one that `undo` takes back. */
export async function changed(what: { load: () => Promise<unknown> }, text: string, undo: () => Promise<unknown>): Promise<void> {
  forget();
  await what.load();
  toast(text, () => void undo().then(() => what.load()));
}
