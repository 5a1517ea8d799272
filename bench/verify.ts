import { createHash } from 'node:crypto'
import { checkpointFolderOf } from '../server/ledger/places.ts'
import { entryPages, readRegisters } from '../server/ledger/read.ts'
import { verifyStore } from '../server/ledger/verify.ts'
import { modules } from '../server/modules.ts'
import type { Ground } from './ground.ts'
import { type Measured, measured } from './report.ts'

/**
 * Everything that `npm run verify` says of the registers and read tables, against SHA-256 alone over the bytes that were hashed.
 * @throws Error when the store does not verify: then nothing measured on it counts
 */
export async function benchVerify({ owner: { db }, server: { keys } }: Ground): Promise<Measured[]> {
  const { key, installation } = keys
  const began = performance.now()
  const { registers, faults } = await verifyStore({ db, modules, folder: checkpointFolderOf(keys), key, installation })
  const took_ms = performance.now() - began
  const [first] = faults
  if (first !== undefined)
    throw new Error(
      `the store does not verify: ${first.register} ${first.seq}: ${first.what.en}; ${faults.length} in all`,
    )
  const entries = registers.reduce((sum, one) => sum + one.entries, 0)

  let bare_ms = 0
  for (const { id } of await readRegisters(db))
    for await (const page of entryPages(db, id)) {
      const from = performance.now()
      for (const { prev, text } of page) createHash('sha256').update(prev).update(text, 'utf8').digest()
      bare_ms += performance.now() - from
    }
  const rate = (ms: number) => entries / (ms / 1_000)
  return [measured('verify', rate(took_ms), 'entries/s', { name: 'SHA-256 over the same bytes', value: rate(bare_ms) })]
}
