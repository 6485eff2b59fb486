import { t } from './i18n.svelte';
import { toast } from './toast.svelte';

/** Puts `text` on the clipboard and says so. */
export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toast(t('shell.copied'));
}
