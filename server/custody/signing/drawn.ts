import type { Drawn } from '../../../labels/documents/form.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { localDay } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import type { SignedPaper, SignsAs } from './facts.ts'
import type { SidesOf } from './sides.ts'
import { signatureFor } from './signing.ts'
import { strokesIn } from './strokes.ts'

/** Somebody's place on a form: by whom it is to be signed. */
type DrawnBy = (as: SignsAs, person: string | null) => { readonly drawn?: Drawn }

/**
 * Signatures as the form of a list carries them: only what was signed for every item on it, and was not lawfully erased, stands in its place;
 * else that is left to be signed.
 */
export function drawnOn(db: Reader, items: readonly Pick<Item, 'signatures'>[]): Promise<DrawnBy> {
  return drawing(db, items, null, () => items)
}

/** The same on a paper by which items passed on: what was signed for every item that this person handed over or took over by it. */
export function drawnOnPaper(
  db: Reader,
  items: readonly Pick<Item, 'code' | 'signatures'>[],
  paper: SignedPaper,
  sides: SidesOf,
): Promise<DrawnBy> {
  return drawing(db, items, paper, (as, person) =>
    items.filter(({ code }) => {
      const side = sides.get(code)
      return (as === 'giver' || as === 'taker') && person !== null ? side?.[as].includes(person) : side?.receiver
    }),
  )
}

async function drawing<I extends Pick<Item, 'signatures'>>(
  db: Reader,
  items: readonly I[],
  paper: SignedPaper | null,
  signedFor: (as: SignsAs, person: string | null) => readonly I[],
): Promise<DrawnBy> {
  const contents = await readPersonal(
    db,
    items.flatMap(({ signatures = [] }) => signatures.map(({ strokes }) => strokes.ref)),
  )
  return (as, person) => {
    const signed = signedFor(as, person).map((item) => signatureFor(item, as, person, paper))
    const last = signed.at(-1)
    const strokes = signed.includes(undefined) ? null : strokesIn(contents.get(last?.strokes.ref ?? ''))
    return last === undefined || strokes === null ? {} : { drawn: { strokes, day: localDay(last.at) } }
  }
}
