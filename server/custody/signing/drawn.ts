import type { Drawn } from '../../../labels/documents/form.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { localDay } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import type { SignsAs } from './facts.ts'
import { strokesIn } from './strokes.ts'

/**
 * Signatures as the form of a list carries them: only what was signed for every item on it, and was not lawfully erased, stands in its place;
 * else that is left to be signed.
 */
export async function drawnOn(
  db: Reader,
  items: readonly Pick<Item, 'signatures'>[],
): Promise<(as: SignsAs, person: string | null) => { readonly drawn?: Drawn }> {
  const contents = await readPersonal(
    db,
    items.flatMap(({ signatures = [] }) => signatures.map(({ strokes }) => strokes.ref)),
  )
  return (as, person) => {
    const signed = items.map(({ signatures = [] }) => signatures.find((one) => one.as === as && one.person === person))
    const last = signed.at(-1)
    const strokes = signed.includes(undefined) ? null : strokesIn(contents.get(last?.strokes.ref ?? ''))
    return last === undefined || strokes === null ? {} : { drawn: { strokes, day: localDay(last.at) } }
  }
}
