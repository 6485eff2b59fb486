/** Rows with what is in their boxes; a box that cannot be opened is left out here, and put aside when it is sent. */
import type { Open, Row } from '../device/store';
import { openRow, type Written } from '../queue/items';

export async function openAll(who: Open, rows: Row[]): Promise<[Row, Written][]> {
  const opened = rows.map((row) => openRow(who, row).then((written): [Row, Written] => [row, written], () => undefined));
  return (await Promise.all(opened)).filter((pair) => pair !== undefined);
}
