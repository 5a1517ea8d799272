import type { Act } from '../../act.ts'
import type { Reader } from '../../module.ts'
import { SYSTEM } from '../../module.ts'
import { demoPeople, demoStore, foundOrganisation } from '../../demo/organisation.ts'

/** Who does what by the book, in the organisation of the demonstration and with those who are added to it here. */
export const cast = {
  officer: 'zhang-wei',
  colleague: 'li-na',
  custodian: 'chen-jing',
  otherCustodian: 'liu-yang',
  farCustodian: 'yuan-ku',
  approver: 'qian-lei',
  head: 'sun-bo',
  reviewer: 'shen-yi',
  finance: 'guo-tao',
  /** An officer of the department who is none of the case: executes in a tax case what no store keeps. */
  executor: 'tang-yue',
  supervisor: 'zhou-ping',
} as const
export type Cast = Readonly<Record<keyof typeof cast, string>>

export const UNIT = 'dept-1'
export const STORE = demoStore.store
export const FAR_STORE = 'store-2'

/** Whom no rule may let through, whatever posts they hold; and who keeps the second store. */
const added: readonly { person: string; unit: string; posts: readonly (readonly [string, string])[] }[] = [
  { person: cast.farCustodian, unit: 'keeping', posts: [['custodian', FAR_STORE]] },
  {
    person: 'quan-neng',
    unit: 'organ',
    posts: [
      ...([['officer', UNIT] as const, ['custodian', STORE] as const, ['custodian', FAR_STORE] as const] as const),
      ...([['approver', UNIT] as const, ['approver', 'organ'] as const, ['approver', 'review'] as const] as const),
      ...([['manager', 'keeping'] as const, ['supervisor', 'organ'] as const] as const),
    ],
  },
  {
    person: 'nei-ren',
    unit: UNIT,
    posts: [
      ['custodian', STORE],
      ['approver', 'organ'],
    ],
  },
  {
    person: 'ban-pi',
    unit: UNIT,
    posts: [
      ['officer', UNIT],
      ['approver', UNIT],
    ],
  },
]

/** Officers of every case that is made. */
export const caseOfficers = [cast.officer, cast.colleague, 'quan-neng', 'ban-pi'] as const

/** Everybody who may try anything. */
export const everybody: readonly string[] = [...demoPeople.map(({ id }) => id), ...added.map(({ person }) => person)]

const units = new Map([
  ...demoPeople.map(({ id, unit }) => [id, unit] as const),
  ...added.map(({ person, unit }) => [person, unit] as const),
])

/** The department that somebody belongs to; empty for the custodians of a sequence's own store, who have to do with no case. */
export function unitOf(person: string): string {
  return units.get(person) ?? ''
}

export interface Shelves {
  readonly ordinary: string
  readonly precious: string
}

/** Where things are put, by store; `narrow` takes only so few that it is soon full. */
export type Places = Readonly<Record<string, Shelves>> & { readonly narrow: Shelves }

/** Where a sequence's goods go, and who keeps them there. */
export interface Home {
  readonly store: string
  readonly cast: Cast
  readonly places: Places
}

const NARROW = 3
const WIDE = 100_000

/** The organisation, a second store and the shelves of both, in a database that holds nothing yet. */
export async function settleCast(act: Act, at: string): Promise<Places> {
  await foundOrganisation({ act }, at)
  let step = 0
  const options = (): { cause: string; at: string } => ({ cause: `cast ${(step += 1)}`, at })
  const bySystem = { person: SYSTEM }
  await act(bySystem, { type: 'org.open-store', store: FAR_STORE, name: '二号库', unit: 'keeping' } as never, options())
  for (const { person, unit, posts } of added) {
    await act(bySystem, { type: 'org.add-person', person, login: person, name: person, unit } as never, options())
    for (const [post, place] of posts)
      await act(bySystem, { type: 'org.appoint', person, post, place } as never, options())
  }
  const shelf = async (store: string, storageClass: string, capacity: number): Promise<string> => {
    const person = store === STORE ? cast.custodian : cast.farCustodian
    const name = `${storageClass} ${capacity}`
    const command = { type: 'custody.add-location', store, name, storageClass, capacity }
    return String((await act({ person }, command, options())).result['code'])
  }
  const shelves = async (store: string, capacity: number): Promise<Shelves> => ({
    ordinary: await shelf(store, 'ordinary', capacity),
    precious: await shelf(store, 'precious', capacity),
  })
  return {
    [STORE]: await shelves(STORE, WIDE),
    [FAR_STORE]: await shelves(FAR_STORE, WIDE),
    narrow: await shelves(STORE, NARROW),
  } as Places
}

/** A store for the goods of one sequence alone, so that all of it can be counted, with two custodians who keep nothing else. */
export async function settleOwnStore(act: Act, at: string, nth: number): Promise<Home> {
  const [store, custodian, otherCustodian] = [`own-${nth}`, `keeper-${nth}a`, `keeper-${nth}b`] as const
  let step = 0
  const does = async (person: string, command: { readonly type: string }) =>
    act({ person }, command as never, { cause: `${store} ${(step += 1)}`, at })
  await does(SYSTEM, { type: 'org.open-store', store, name: store, unit: 'keeping' } as never)
  for (const person of [custodian, otherCustodian]) {
    await does(SYSTEM, { type: 'org.add-person', person, login: person, name: person, unit: 'keeping' } as never)
    await does(SYSTEM, { type: 'org.appoint', person, post: 'custodian', place: store } as never)
  }
  const shelf = async (storageClass: string): Promise<string> => {
    const command = { type: 'custody.add-location', store, name: storageClass, storageClass, capacity: WIDE }
    return String((await does(custodian, command)).result['code'])
  }
  const shelves = { ordinary: await shelf('ordinary'), precious: await shelf('precious') }
  // General goods may lie with what is precious: that is where they move to.
  const narrow = { ordinary: shelves.precious, precious: shelves.precious }
  const places = { [store]: shelves, narrow } as Home['places']
  return { store, cast: { ...cast, custodian, otherCustodian }, places }
}

/** Shelves on which more lies than they take. */
export async function overfull(db: Reader): Promise<string[]> {
  const found = await db
    .selectFrom('locations')
    .innerJoin('items', 'items.location', 'locations.id')
    .select(({ fn }) => ['locations.id', 'locations.capacity', fn.countAll<number>().as('lying')])
    .groupBy(['locations.id', 'locations.capacity'])
    .execute()
  return found.flatMap(({ id, capacity, lying }) =>
    Number(lying) > capacity ? [`${id} takes ${capacity}, ${lying} lie there`] : [],
  )
}
