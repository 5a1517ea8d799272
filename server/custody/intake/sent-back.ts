import { parseEntry } from '../../ledger/entry.ts'
import { readPersonal } from '../../ledger/personal.ts'
import '../../ledger/tables.ts'
import type { Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import type { Facts } from '../custody.ts'
import type { HandoverList } from './lists.ts'

/**
 * 退回补正: why the store did not take items of a list, by item, as the custodian said it then. An item whose reason was erased by law is
 * absent; one that was sent back from several lists has that of this one.
 */
export async function sentBackOn(db: Reader, list: HandoverList): Promise<ReadonlyMap<string, string>> {
  const refused = list.lines.filter(({ outcome }) => outcome === 'refused').map(({ item }) => `item/${item}`)
  if (refused.length === 0) return new Map()
  const found = await db
    .selectFrom('entries')
    .select('text')
    .where('subject', 'in', refused)
    .where('type', '=', 'custody.handover-refused')
    .orderBy('n')
    .execute()
  const sealed = found.flatMap(({ text }) => {
    const {
      list: of,
      reason,
      subject,
    } = parseEntry(text).body as unknown as Facts['custody.handover-refused'] & {
      readonly subject: string
    }
    return of === list.code ? [{ item: subject.slice('item/'.length), ref: reason.ref }] : []
  })
  const contents = await readPersonal(
    db,
    sealed.map(({ ref }) => ref),
  )
  return new Map(
    sealed.flatMap(({ item, ref }): [string, string][] => {
      const said = textOf(contents.get(ref))
      return said === null ? [] : [[item, said]]
    }),
  )
}
