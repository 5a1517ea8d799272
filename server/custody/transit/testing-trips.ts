import type { CustodyRefusal } from '../refusals.ts'
import type { Arrive, Dispatch } from './schemas.ts'
import { asked, general, gold, stored } from '../testing.ts'
import type { ActOptions } from '../testing-office.ts'

type Made = ReturnType<typeof stored>
type Trips = Partial<Record<CustodyRefusal, () => unknown>>
const DUE = '2026-03-20T00:00:00.000Z'
const BEFORE = { at: '2026-03-01T00:00:00.000Z' }

/** Sent by li to the other store with its custodian. */
export function sends(made: Made, more: Partial<Dispatch> = {}, options: ActOptions = {}, person = 'li') {
  return made.office.act(
    person,
    {
      ...{ type: 'custody.dispatch', items: made.codes, to: 'store-2', carrier: 'ou', document: '调〔2026〕1号' },
      ...{ dueAt: DUE, ...more },
    },
    { with: [more.carrier ?? 'ou'], ...options },
  )
}

/** A place in the other store, or in this one. */
export function shelfIn({ office }: Made, store = 'store-2', capacity = 9): string {
  const person = store === 'store-2' ? 'far' : 'li'
  const { result } = office.act(person, {
    ...{ type: 'custody.add-location', store, name: `${store}架${capacity}`, storageClass: 'ordinary', capacity },
  })
  return (result as { code: string }).code
}

type Line = Exclude<Arrive['items'][number], string>
export function arrives(made: Made, line: Partial<Line> = {}, options: ActOptions = {}, person = 'far') {
  const { office, codes } = made
  const location = line.location ?? shelfIn(made)
  const items = codes.map((item) => ({ item, condition: 'same' as const, ...line, location }))
  return office.act(person, { type: 'custody.arrive', items }, { with: ['ou'], ...options })
}

const sent = (made: Made): Made => {
  const items = made.codes.map((item) => {
    const weight = made.office.item(item).weights.at(-1)?.weight_mg
    return weight === undefined ? item : { item, weight_mg: weight }
  })
  sends(made, { items })
  return made
}
const asCash = (made: Made): Made => {
  for (const code of made.codes) made.office.items.set(code, { ...made.office.item(code), category: 'cash' })
  return made
}
const closed = (made: Made): Made => {
  const of = made.office.cases.get('一案')
  if (of !== undefined) made.office.cases.set('一案', { ...of, status: 'CLOSED' })
  return made
}
const granted = (made: Made): Made => {
  made.office.act('zhao', { type: 'approvals.grant', approval: asked(made.office, made.codes) })
  return made
}
const disputed = (made: Made): Made => {
  made.office.act('jian', { type: 'custody.complain', items: made.codes, ground: 'misused', note: '被挪用' })
  return made
}
const heavy = (made: Made, weight_mg: number) => sends(made, { items: made.codes.map((item) => ({ item, weight_mg })) })

/** Every guard of the way from one store to another, by what trips it. */
export const transitTrips = {
  dispatch: {
    'custody.not-your-store': () => sends(stored(general), {}, {}, 'far'),
    'custody.wrong-station': () => sends(stored(general), {}, { station: 'store-2' }),
    'custody.before-last-event': () => sends(stored(general), {}, BEFORE),
    'custody.officer-keeps': () => sends(stored(general), {}, {}, 'everything'),
    'custody.same-department': () => sends(stored(general), {}, {}, 'insider'),
    'custody.second-person-needed': () => sends(asCash(stored(general))),
    'custody.same-person': () => sends(stored(general), { carrier: 'li' }),
    'custody.same-store': () => sends(stored(general), { to: 'store-1' }),
    'custody.unknown-store': () => sends(stored(general), { to: 'store-9' }),
    'custody.carrier': () => sends(stored(general), { carrier: 'han' }),
    'custody.due-in-past': () => sends(stored(general), { dueAt: '2026-03-01T00:00:00.000Z' }),
    'custody.due-too-far': () => sends(stored(general), { dueAt: '2026-12-01T00:00:00.000Z' }),
    'custody.reserved': () => sends(granted(stored(general))),
    'custody.complaint-open': () => sends(disputed(stored(general))),
    'custody.case-closed': () => sends(closed(stored(general))),
    'custody.weight-missing': () => sends(stored(gold)),
    'custody.weight-differs': () => heavy(stored(gold), 90_000),
    'custody.seal-needed': () => {
      const made = stored(gold)
      made.office.act('li', { type: 'custody.unseal', items: made.codes, reason: '辨认' }, { with: ['ou', 'wei'] })
      return heavy(made, 100_000)
    },
    'custody.cannot-draw': () => sends(stored(general), { document: '调🙂' }),
  },
  arrive: {
    'custody.not-your-store': () => arrives(sent(stored(general)), {}, {}, 'li'),
    'custody.wrong-station': () => arrives(sent(stored(general)), {}, { station: 'store-1' }),
    'custody.before-last-event': () => arrives(sent(stored(general)), {}, BEFORE),
    'custody.officer-keeps': () => arrives(sent(stored(general)), {}, {}, 'everything'),
    'custody.same-department': () => {
      const made = sent(stored(general))
      const of = made.office.cases.get('一案')
      if (of !== undefined) made.office.cases.set('一案', { ...of, unit: 'keeping' })
      return arrives(made)
    },
    'custody.second-person-needed': () => arrives(asCash(sent(stored(general)))),
    'custody.signature-missing': () => arrives(sent(stored(general)), {}, { with: ['wei'] }),
    'custody.location-elsewhere': () => {
      const made = sent(stored(general))
      return arrives(made, { location: made.shelf })
    },
    'custody.class-not-allowed': () => arrives(sent(stored(gold)), { weight_mg: 100_000, seal: 'intact' }),
    'custody.location-full': () => {
      const made = sent(stored(general, general))
      return arrives(made, { location: shelfIn(made, 'store-2', 1) })
    },
    'custody.weight-missing': () => arrives(sent(stored(gold)), { seal: 'intact' }),
    'custody.weight-absurd': () => arrives(sent(stored(gold)), { weight_mg: 0, seal: 'intact' }),
    'custody.seal-not-checked': () => arrives(sent(stored(gold)), { weight_mg: 100_000 }),
  },
} as const satisfies Record<string, Trips>
