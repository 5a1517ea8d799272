import { sql } from 'kysely'
import { sheet } from '../../../labels/documents/sheets.ts'
import { type EntryMembers, toFact } from '../../ledger/entry.ts'
import type { Fact, Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { type CustodyFact, custodyFact } from '../custody.ts'
import type { Item } from '../items/item.ts'
import { readItem, readItems } from '../reads.ts'
import { rules } from '../rules.ts'
import type { PaperContent } from './paper-contents.ts'
import { factsOf } from './paper-entries.ts'
import { localMinute, organOf, registerNames, staffNames } from './paper-words.ts'
import '../tables.ts'

type Moved = Extract<CustodyFact, { type: 'custody.moved' }>

/** What was moved in one act, of one case: one paper tells of all of it, about the first of the items. */
export interface MoveTogether {
  readonly items: readonly Item[]
  /** One fact an item, in the same order. */
  readonly facts: readonly Moved[]
}

const codeOf = ({ body }: Moved): string => body.subject.slice('item/'.length)

/** Every move of these items within a store, oldest first, each with what else of its case was moved in the same act. */
export async function movesOf(db: Reader, its: readonly Item[]): Promise<MoveTogether[]> {
  const own = await factsOf(
    db,
    its.map(({ code }) => code),
    ['custody.moved'],
  )
  const known = new Map(its.map((item) => [item.code, item]))
  const acts = Map.groupBy(own, (fact) => JSON.stringify([fact.register, fact.actor, fact.cause, caseOf(known, fact)]))
  return Promise.all([...acts.values()].map((facts) => together(db, facts)))
}

const caseOf = (known: ReadonlyMap<string, Item>, fact: Moved): string => known.get(codeOf(fact))?.case ?? ''

async function together(db: Reader, facts: readonly Moved[]): Promise<MoveTogether> {
  const [first] = facts
  if (first === undefined) throw new Error('an act without a fact')
  const all = await actOf(db, first)
  const items = await readItems(db, all.map(codeOf))
  const of = items.find(({ code }) => code === codeOf(first))?.case
  const kept = items.filter((item) => item.case === of).toSorted((one, other) => (one.code < other.code ? -1 : 1))
  return { items: kept, facts: kept.flatMap(({ code }) => all.find((fact) => codeOf(fact) === code) ?? []) }
}

/** The moves of the act that this one is of: they stand side by side in the register of the store. */
async function actOf(db: Reader, { register, seq, actor, cause }: Moved): Promise<Moved[]> {
  const most = rules.items_per_act.value
  const found = await sql<{ text: string; hash: Buffer }>`
    select text, hash from entries
    where register = ${register} and seq between ${seq - most} and ${seq + most} and type = 'custody.moved' order by seq
  `.execute(db)
  return found.rows
    .map(({ text, hash }): Fact => toFact(JSON.parse(text) as EntryMembers, hash))
    .filter((fact) => fact.actor === actor && fact.cause === cause)
    .map((fact) => custodyFact(fact) as Moved)
}

/** 移位单: what was carried from which shelf to which, in one act. `part` is the fact's number in the life of its first item. */
export async function movePaper(db: Reader, code: string, part: string): Promise<PaperContent | null> {
  const item = await readItem(db, code)
  if (item === null) return null
  const moves = await movesOf(db, [item])
  const move = moves.find(({ facts }) => facts.some((fact) => codeOf(fact) === code && String(fact.body.n) === part))
  const first = move?.facts[0]
  // About the first of them alone, so that there is one paper for the act.
  if (move === undefined || first === undefined || codeOf(first) !== code)
    throw new Refusal('custody.nothing-for-paper')
  const placeOf = await namesOfPlaces(
    db,
    move.facts.flatMap(({ body: { from, to, container } }) => [from, to, container ?? '']),
  )
  const book = await registerNames(db, [first.register])
  const [custodian = ''] = await staffNames(db, [first.actor])
  const others = await staffNames(db, first.with)
  const organisation = await organOf(db, item.unit)
  return {
    items: move.items.map((one) => one.code),
    form: (copy) =>
      sheet({
        ...{ kind: 'move', organisation, code: null, copy },
        facts: [
          { name: '案号', value: item.case },
          { name: '移位时间', value: localMinute(first.at) },
          { name: '台账记录', value: `${book(first.register)}第 ${first.seq} 号` },
          { name: '件数', value: `${move.items.length} 件` },
        ],
        rows: move.facts.map(({ body: { from, to, container } }, index) => {
          const { code: one = '', name = '', quantity = '', quantityUnit = '' } = move.items[index] ?? {}
          const box = container === undefined ? '' : `（${placeOf(container)}）`
          return [String(index + 1), one, name, quantity, quantityUnit, placeOf(from), `${placeOf(to)}${box}`]
        }),
        statement: '以上物品在本库内移位，未离开保管场所，账物一致。',
        signatures: [
          { role: '保管人员', name: custodian, absence: null },
          ...others.map((name) => ({ role: '共同办理人', name, absence: null })),
          { role: '保管部门负责人', name: null, absence: null },
        ],
      }),
  }
}

/** A shelf or box by its name; what has none keeps its code. */
async function namesOfPlaces(db: Reader, codes: readonly string[]): Promise<(code: string) => string> {
  const found = await sql<{ id: string; name: string }>`
    select id, name from locations where id = any(${[...codes]}::text[])
    union all
    select id, state ->> 'name' from containers where id = any(${[...codes]}::text[])
  `.execute(db)
  const names = new Map(found.rows.map(({ id, name }) => [id, name]))
  return (code) => names.get(code) ?? code
}
