import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import { quantityWords } from '../cash/cash.ts'
import type { Disposal } from '../disposal/disposal.ts'
import { receivedOn } from '../disposal/received.ts'
import type { HandoverList } from '../intake/lists.ts'
import type { Item } from '../items/item.ts'
import type { Loan } from '../loans/loan.ts'
import { readItems } from '../reads.ts'
import type { PaperSigner, SignedPaper } from './facts.ts'
import type { PaperSignatures, ShownSignature, SignaturePlace, SignedItem } from './protocol.ts'
import { LOAN_ACTS, readLoanSides } from './loan-sides.ts'
import { sidesOfAct, sidesOfList, type SidesOf } from './sides.ts'
import { type ItemSignature, signatureFor, tookPart } from './signing.ts'
import { strokesIn } from './strokes.ts'

/** One place, before the names behind its ids are known. */
interface Place {
  readonly paper: SignedPaper
  readonly as: PaperSigner
  readonly person: string | null
  readonly receiver: string | null
  readonly items: readonly Item[]
  readonly sign: SignaturePlace['sign']
}

/** Who has a place on a hand-over list, and what stands there, as somebody sees it. */
export async function placesOfList(db: Reader, list: HandoverList, asker: string): Promise<PaperSignatures> {
  const sides = sidesOfList(list, await receivedOn(db, list))
  const items = await readItems(db, [...sides.keys()])
  return { places: await shown(db, placesOf({ code: list.code, act: null }, sides, { items, asker, receiver: null })) }
}

/** The same of every act of a disposal, for those of its items that somebody may see. */
export async function placesOfDisposal(
  db: Reader,
  disposal: Disposal,
  seen: readonly Item[],
  asker: string,
): Promise<PaperSignatures> {
  const names = await readPersonal(
    db,
    disposal.acts.flatMap(({ receiver }) => receiver?.name.ref ?? []),
  )
  const places = disposal.acts.flatMap((act, index) => {
    const nth = index + 1
    const items = seen.filter(({ code }) => act.items.includes(code))
    const receiver = textOf(names.get(act.receiver?.name.ref ?? ''))
    return placesOf({ code: disposal.code, act: nth }, sidesOfAct(disposal, nth), { items, asker, receiver })
  })
  return { places: await shown(db, places) }
}

/** The same of a loan: of what went out, and of what came back. */
export async function placesOfLoan(db: Reader, loan: Loan, asker: string): Promise<PaperSignatures> {
  const items = await readItems(
    db,
    loan.lines.map(({ item }) => item),
  )
  const places: Place[] = []
  for (const act of [LOAN_ACTS.out, LOAN_ACTS.back]) {
    const sides = await readLoanSides(db, loan, act)
    const moved = items.filter(({ code }) => sides.has(code))
    places.push(...placesOf({ code: loan.id, act }, sides, { items: moved, asker, receiver: null }))
  }
  return { places: await shown(db, places) }
}

function placesOf(
  paper: SignedPaper,
  sides: SidesOf,
  {
    items,
    asker,
    receiver,
  }: { readonly items: readonly Item[]; readonly asker: string; readonly receiver: string | null },
): Place[] {
  const mine = items.every(({ code }) => {
    const side = sides.get(code)
    return side !== undefined && tookPart(side, asker)
  })
  const staff = (['giver', 'taker'] as const).flatMap((as) => {
    const people = [...new Set(items.flatMap(({ code }) => sides.get(code)?.[as] ?? []))]
    return people.map((person): Place => {
      const its = items.filter(({ code }) => sides.get(code)?.[as].includes(person))
      const own = person === asker
      return { paper, as, person, receiver: null, items: its, sign: own ? 'here' : mine ? 'with-badge' : null }
    })
  })
  const received = items.filter(({ code }) => sides.get(code)?.receiver)
  const place = { paper, as: 'receiver' as const, person: null, receiver, items: received }
  return received.length === 0 ? staff : [...staff, { ...place, sign: mine ? ('here' as const) : null }]
}

async function shown(db: Reader, places: readonly Place[]): Promise<SignaturePlace[]> {
  const signed = places.map(({ as, person, paper, items }) => {
    const wanting = items.filter((item) => signatureFor(item, as, person, paper) === undefined)
    const last = items.at(-1)
    const signature = wanting.length > 0 || last === undefined ? undefined : signatureFor(last, as, person, paper)
    return { wanting, signature: signature ?? null }
  })
  const show = await showing(db, [
    ...signed.flatMap(({ signature }) => signature ?? []),
    ...places.flatMap(({ person }) => (person === null ? [] : { by: person, person: null })),
  ])
  return places.map(({ paper, as, person, receiver, sign }, index) => {
    const { wanting = [], signature = null } = signed[index] ?? {}
    return {
      ...{ act: paper.act, as, receiver },
      person: person === null ? null : show.nameOf(person),
      signature: signature === null ? null : show.shown(signature),
      items: wanting.map((item) => signedItem(item)),
      sign: wanting.length === 0 ? null : sign,
    }
  })
}

/** An item as whoever signs for it is shown it. */
export function signedItem(item: Item): SignedItem {
  return { code: item.code, name: item.name, quantity: quantityWords(item) }
}

/** What was signed, with what was drawn and the names behind its ids. The read is to be recorded: a signature is personal content. */
export async function showing(
  db: Reader,
  of: readonly (Pick<ItemSignature, 'by' | 'person'> & Partial<ItemSignature>)[],
): Promise<{
  readonly nameOf: (person: string) => NonNullable<ShownSignature['person']>
  readonly shown: (signature: ItemSignature) => ShownSignature
}> {
  const contents = await readPersonal(
    db,
    of.flatMap(({ strokes }) => strokes?.ref ?? []),
  )
  const named = await namesOf(
    db,
    of.flatMap(({ by, person }) => [by, ...(person === null ? [] : [person])]).map((one) => `person/${one}`),
  )
  const nameOf = (person: string) => named(`person/${person}`)
  return {
    nameOf,
    shown: ({ as, person, on, strokes, by, at }) => ({
      ...{ as, on, at, by: nameOf(by), commitment: strokes.commitment },
      person: person === null ? null : nameOf(person),
      strokes: strokesIn(contents.get(strokes.ref)),
    }),
  }
}
