import type { Circumstances, Decision, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { mustHaveInHands, type PhotoState } from '../intake/registering.ts'
import { caseOf, itemOf, presentRegister } from '../scene.ts'
import type { TagOutcome, WantTag } from '../schemas.ts'
import '../tables.ts'

/** The code of the item whose tag carries this EPC (hex digits in either case); null where none does. */
export async function itemOfTag(db: Reader, epc: string): Promise<string | null> {
  const row = await db.selectFrom('items').select('id').where('epc', '=', epc.toUpperCase()).executeTakeFirst()
  return row?.id ?? null
}

/** Why nobody knows how a tag is, where the reader has no word for it. */
export const NOT_SAID = 'not-said'

/** What writing a tag looks at. */
export type TagScene = PhotoState

/**
 * Wants a tag with the item's EPC, by whoever has the item in hands. A tag that was bound may be followed by another: the old one may be
 * torn, and a second one with the same EPC says nothing else. An earlier wanting that nobody settled was cut short, and how its tag is, nobody
 * knows.
 */
export function wantTag(scene: TagScene, { item: code, station }: WantTag, circumstances: Circumstances): Decision {
  const item = inHands(scene, code, circumstances)
  const [register, subject] = [presentRegister(item), `item/${code}`]
  const wanted = draft(register, 'custody.tag-wanted', subject, { epc: item.epc, station })
  const cutShort = draft(register, 'custody.tag-not-written', subject, { outcome: 'unknown', why: NOT_SAID })
  const facts = item.tag?.state === 'wanted' ? [cutShort, wanted] : [wanted]
  return { facts, result: { epc: item.epc, wanted: circumstances.at } }
}

/** What became of it, as the reader read it back. Said once for each wanting, and of that one only. */
export function settleTag(scene: TagScene, command: TagOutcome, circumstances: Circumstances): Decision {
  const item = inHands(scene, command.item, circumstances)
  if (item.tag?.state !== 'wanted' || item.tag.at !== command.wanted)
    throw new Refusal('custody.tag-not-wanted', { item: item.code })
  const [register, subject] = [presentRegister(item), `item/${item.code}`]
  if (command.type === 'custody.tag-bound')
    return { facts: [draft(register, command.type, subject, { epc: item.epc, tid: command.tid })] }
  const { outcome, why } = command
  return { facts: [draft(register, command.type, subject, { outcome, why })] }
}

function inHands(scene: TagScene, code: string, { actor }: Circumstances): Item {
  const item = itemOf(scene, code)
  mustHaveInHands(item, caseOf(scene, item.case), actor)
  return item
}
