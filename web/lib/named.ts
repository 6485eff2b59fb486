/** Which words of a note's free text look like somebody's name, as the service looks at it once it is saved
 * (services/rounds/cycles/names.py): on this device, before anything is sent. */
interface Field {
  id: string;
  kind: string;
  fields?: readonly Field[] | null;
}
type Values = Record<string, unknown>;

/** Each name once. `names`: those of a text. */
export function named(fields: readonly Field[], values: Values, names: (words: string) => string[]): string[] {
  const found = fields.flatMap((field) => {
    const value = values[field.id];
    if ((field.kind === 'text' || field.kind === 'words') && typeof value === 'string') return names(value);
    if (field.kind === 'items') return ((value ?? []) as Values[]).flatMap((item) => named(field.fields ?? [], item, names));
    return [];
  });
  return [...new Set(found)];
}

/** Whether students are letters in a protocol: a name has no place in it. */
export const lettered = (artefacts: readonly { fields: readonly Field[] }[]): boolean =>
  artefacts.some((a) => a.fields.some((f) => f.kind === 'alias' || f.fields?.some((inner) => inner.kind === 'alias')));
