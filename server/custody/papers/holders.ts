import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import { comparable } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { readItems } from '../reads.ts'
import '../tables.ts'

/** What one holder has among some items: what a paper that is handed to him may tell of, for none may learn what belongs to another. */
export interface HoldersShare {
  /** How his paper is named: as the whole is for the first holder, for any other with the first of his things behind it. */
  readonly part: string
  /** In the order of the whole. */
  readonly items: readonly [Item, ...Item[]]
  /** His name was lawfully erased. Things of which nobody can tell any more whose they were are parted by the notice that took them. */
  readonly isErased: boolean
}

/**
 * These items parted by whose they are (rules, C-05). A holder is known by his name, or as absent from one taking.
 * @param whole how the one paper of all of them would be named
 */
export async function sharesOf(db: Reader, whole: string, its: readonly Item[]): Promise<HoldersShare[]> {
  return sharesAmong(whole, its, await holdersOf(db, its))
}

/** The same of items whose holders are known. */
export function sharesAmong(whole: string, its: readonly Item[], holders: ReadonlyMap<string, string>): HoldersShare[] {
  const byHolder = Map.groupBy(its, ({ code, measure }) => holders.get(code) ?? erasedUnder(measure.noticeNumber))
  return [...byHolder].flatMap(([, [first, ...others]]): HoldersShare[] => {
    if (first === undefined) return []
    const part = first === its[0] ? whole : [whole, first.code].filter((one) => one !== '').join('/')
    return [{ part, items: [first, ...others], isErased: !holders.has(first.code) }]
  })
}

const erasedUnder = (notice: string): string => `erased ${notice}`

/**
 * What notices took in a case, by notice and holder: the part of the first holder of a notice is its number.
 * @param wanted which of the things of the case the paper is about
 */
export async function takenBy(db: Reader, number: string, wanted: (item: Item) => boolean): Promise<HoldersShare[]> {
  return (await takenIn(db, number))(wanted)
}

/** The same of a case that is read once, for papers about different things of it. */
export async function takenIn(
  db: Reader,
  number: string,
): Promise<(wanted: (item: Item) => boolean) => HoldersShare[]> {
  const found = await db
    .selectFrom('items')
    .select('state')
    .where('case_number', '=', number)
    .orderBy('ordinal')
    .execute()
  const its = found.map(({ state }) => state)
  const holders = await holdersOf(db, its)
  return (wanted) => {
    const byNotice = Map.groupBy(its.filter(wanted), ({ measure }) => measure.noticeNumber)
    return [...byNotice].flatMap(([notice, taken]) => sharesAmong(notice, taken, holders))
  }
}

/** One of these shares, by its name. */
export async function takenFrom(
  db: Reader,
  number: string,
  part: string,
  wanted: (item: Item) => boolean,
): Promise<HoldersShare | undefined> {
  return (await takenBy(db, number, wanted)).find((share) => share.part === part)
}

/** What tells the holders of these items apart, by code of the item; nothing of one who was erased. */
export async function holdersOf(db: Reader, items: readonly Item[]): Promise<ReadonlyMap<string, string>> {
  const known = ({ holder: { person, reason } }: Item): string => (person ?? reason)?.ref ?? ''
  const contents = await readPersonal(
    db,
    items.map(known).filter((ref) => ref !== ''),
  )
  return new Map(
    items.flatMap((item) => {
      const said = textOf(contents.get(known(item)))
      if (said === null) return []
      const { person, identity } = item.holder
      // Of who was absent and is not named, only what one notice took is known to be of one holder.
      const absent = person === null ? item.measure.noticeNumber : null
      return [[item.code, JSON.stringify([absent, identity !== undefined, comparable(said)])]]
    }),
  )
}

/** By item, the names its holder goes by: the one that papers show and, under a cover name, his own. Nothing of one who was erased. */
export async function holderNamesOf(
  db: Reader,
  items: readonly Item[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const refsOf = ({ holder: { person, identity } }: Item): string[] =>
    [person, identity].flatMap((sealed) => sealed?.ref ?? [])
  const contents = await readPersonal(db, items.flatMap(refsOf))
  return new Map(
    items.map((item) => [item.code, refsOf(item).flatMap((ref) => textOf(contents.get(ref)) ?? [])] as const),
  )
}

/** Whether a name is that of a holder, under a cover name or not, of any of all these things but of none of his own. */
export async function isAnothers(
  db: Reader,
  name: string,
  own: readonly Item[],
  all: readonly string[],
): Promise<boolean> {
  const mine = new Set(own.map(({ code }) => code))
  const others = await readItems(
    db,
    all.filter((code) => !mine.has(code)),
  )
  return (await isHolderAmong(db, others, name)) && !(await isHolderAmong(db, own, name))
}

async function isHolderAmong(db: Reader, items: readonly Item[], name: string): Promise<boolean> {
  const refs = items.flatMap(({ holder: { person, identity } }) =>
    [person, identity].flatMap((sealed) => sealed?.ref ?? []),
  )
  const wanted = comparable(name)
  return [...(await readPersonal(db, refs)).values()].some((content) => comparable(textOf(content) ?? '') === wanted)
}
