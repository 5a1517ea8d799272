import { ACTIVITY, ACTIVITY_HASH, type ActivityRow, readActivity } from './activity.ts'
import { ClaimCheck, type ClaimedRoot } from './checkpoint-claims.ts'
import { canonicalText, entryHash, NOTHING_BEFORE } from './entry.ts'
import { fault, type LedgerFault } from './fault.ts'
import type { Json } from '../module.ts'
import type { Look } from './verify-look.ts'

/** The first record of the activity log that is not as it was written, or an end that was cut off, if any; and how many hold. */
export async function verifyActivity(
  look: Look,
  claims: readonly ClaimedRoot[],
): Promise<{ records: number; fault: LedgerFault | null }> {
  const tree = new ClaimCheck(ACTIVITY, ACTIVITY_HASH, claims)
  let seq = 0
  let prev = NOTHING_BEFORE
  for (;;) {
    const page = await look.see((db) => readActivity(db, seq, look.rowsAPiece))
    if (page.length === 0) return { records: seq, fault: tree.end(seq) }
    for (const row of page) {
      const found = asWritten(row, seq + 1, prev) ? tree.take(row.text) : notAsWritten(seq + 1)
      if (found !== null) return { records: seq, fault: found }
      seq += 1
      prev = row.hash
    }
  }
}

function asWritten({ seq, at, text, prev, hash }: ActivityRow, expected: number, before: Buffer): boolean {
  if (seq !== expected || !prev.equals(before) || !hash.equals(entryHash(ACTIVITY_HASH, prev, text))) return false
  try {
    const record = JSON.parse(text) as { seq?: unknown; at?: unknown }
    return record.seq === seq && record.at === at && canonicalText(record as Json) === text
  } catch {
    return false
  }
}

function notAsWritten(seq: number): LedgerFault {
  return fault(ACTIVITY, seq, `活动日志第 ${seq} 条不符`, `activity log: record ${seq} is not as it was written`)
}
