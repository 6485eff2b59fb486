/** What the server's words do to the queue. Nothing leaves it here: a row only changes its state. */
import { inState, type QueueDb, type Row, type State } from '../device/store';
import type { Receipt } from './items';

const BECOMES: Record<Receipt['result'], State> = { stored: 'received', duplicate: 'received', conflict: 'conflict', refused: 'refused' };

/** Applies the receipts of one delivery, all in one transaction. */
export function settle(db: QueueDb, receipts: Receipt[], now = Date.now()): Promise<void> {
  return db.transaction('rw', db.rows, async () => {
    const rows = await db.rows.bulkGet(receipts.map((r) => r.seq));
    const changed: Row[] = [];
    for (const [n, receipt] of receipts.entries()) {
      const row = rows[n];
      // An answer that comes late must not undo what was decided since.
      if (!row || row.client_id !== receipt.client_id || row.state !== 'device') continue;
      const { result, reason, version } = receipt;
      changed.push({ ...row, state: BECOMES[result], version, received_at: now, reason: reason && result !== 'stored' ? reason : undefined });
    }
    await db.rows.bulkPut(changed);
    await releaseWaiting(db, new Set(changed.filter((r) => r.state === 'received' && r.kind === 'statement').map((r) => r.client_id)));
  });
}

/** Changes that were refused for want of their statement go out again once the statement is in. */
async function releaseWaiting(db: QueueDb, arrived: Set<string>): Promise<void> {
  if (arrived.size === 0) return;
  const refused = await inState(db, 'refused').toArray();
  const free = refused.filter((r) => r.reason?.code === 'unknown_statement' && arrived.has(r.of));
  if (free.length) await db.rows.bulkPut(free.map((r) => ({ ...r, state: 'device' as const, reason: undefined })));
}

export interface Ledger {
  maximum: number;
  gaps: readonly { first: number; last: number }[];
  refused: readonly { seq: number }[];
}

/** Confirms what the ledger shows; sends again what we were told is stored and the ledger lacks (a server that was
 * restored from yesterday). Numbers that the server knows and we do not are never given out again. */
export function compare(db: QueueDb, ledger: Ledger): Promise<number> {
  return db.transaction('rw', db.rows, db.numbers, async () => {
    const missing = (seq: number) => seq > ledger.maximum || ledger.gaps.some((g) => g.first <= seq && seq <= g.last);
    const told = [...(await inState(db, 'received').toArray()), ...(await inState(db, 'confirmed').toArray())];
    const changed: Row[] = [];
    for (const row of told) {
      const state: State = missing(row.seq) ? 'device' : 'confirmed';
      if (state !== row.state) changed.push({ ...row, state });
    }
    await db.rows.bulkPut(changed);
    const seq = (await db.numbers.get('seq'))?.value ?? 0;
    if (seq < ledger.maximum) await db.numbers.put({ key: 'seq', value: ledger.maximum });
    return changed.filter((r) => r.state === 'device').length;
  });
}
