import { sql } from 'kysely'
import type { DeedData, MatterFact } from '../../approvals/approvals.ts'
import '../../clock/tables.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { localDue, localMinute } from '../../local-time.ts'
import type { Actor, Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import type { Words } from '../../refusal.ts'
import { measureWords } from '../axes.ts'
import type { Item } from '../items/item.ts'
import { readItems } from '../reads.ts'
import { seesItem } from '../sight/sees.ts'
import { sightOf } from '../sight/sight.ts'

/** 当场强制措施补办批准: the 24 hours. */
const AFTERWARDS = 'DL-07'

/** Whoever agrees to a measure afterwards reads what was taken how, when and by which notice, where if he sees the things, and whether its hours are over. */
export async function measuresTaken(
  db: Reader,
  deeds: readonly DeedData[],
  { actor, at }: { readonly actor: Actor; readonly at: string },
): Promise<ReadonlyMap<DeedData, readonly MatterFact[]>> {
  const codes = [...new Set(deeds.flatMap(codesOf))]
  const items = new Map((await readItems(db, codes)).map((item) => [item.code, item]))
  const sight = await sightOf(db, actor, at)
  const seen = [...items.values()].filter((item) => seesItem(sight, item))
  const refs = new Map(seen.map(({ code, measure }) => [code, measure.place.ref]))
  const places = await readPersonal(db, [...new Set(refs.values())])
  const due = await dueAfterwards(db, codes)
  const placeOf = ({ code }: Item): string | null => textOf(places.get(refs.get(code) ?? ''))
  const dueOf = ({ code }: Item): readonly string[] => [due.get(code) ?? []].flat()
  return new Map(
    deeds.map((deed) => {
      const its = codesOf(deed).flatMap((code) => items.get(code) ?? [])
      const told: readonly (readonly [Words, readonly Words[]])[] = [
        [{ zh: '措施', en: 'Measure' }, its.map(({ measure }) => measureWords[measure.kind])],
        [{ zh: '通知书文号', en: 'Notice' }, its.map(({ measure }) => same(measure.noticeNumber))],
        [{ zh: '采取时间', en: 'Taken' }, its.map(({ measure }) => same(localMinute(measure.takenAt)))],
        [{ zh: '采取地点', en: 'Place' }, its.flatMap((item) => [placeOf(item) ?? []].flat().map(same))],
        [{ zh: '如何采取', en: 'How taken' }, its.map(howOf)],
        [{ zh: '补办期限', en: 'To be approved' }, its.flatMap(dueOf).map((one) => dueWords(one, at))],
      ]
      return [deed, told.flatMap(([term, values]) => factOf(term, values))]
    }),
  )
}

/** When the hours of these items end, of those over which they run still. */
async function dueAfterwards(db: Reader, codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (codes.length === 0) return new Map()
  const found = await sql<{ code: string; due: string }>`
    select substr(s.subject, 6) as code, c.state ->> 'dueAt' as due from clock_subjects s join clocks c on c.id = s.clock
    where s.open and c.rule = ${AFTERWARDS} and s.subject = any(${codes.map((code) => `item/${code}`)}::text[])
  `.execute(db)
  return new Map(found.rows.map(({ code, due }) => [code, due]))
}

function howOf({ measure: { emergency, approval } }: Item): Words {
  if (emergency === true) return { zh: '当场采取', en: 'On the spot' }
  return approval === undefined
    ? { zh: '凭通知书采取，未经事先批准', en: 'On its notice, without approval before' }
    : { zh: '经事先批准，批准级别不够', en: 'Approved before, not as high as it must be' }
}

function dueWords(due: string, at: string): Words {
  const until = localDue(due)
  return at > due
    ? { zh: `${until}，已超过 24 小时`, en: `By ${until}; the 24 hours are over` }
    : { zh: `${until}，未超过 24 小时`, en: `By ${until}; within the 24 hours` }
}

function codesOf(deed: DeedData): readonly string[] {
  const { items } = deed as DeedData & { readonly items: readonly string[] }
  return items
}

function same(text: string): Words {
  return { zh: text, en: text }
}

/** Things of one notice say the same; nothing where none says anything. */
function factOf(term: Words, values: readonly Words[]): readonly MatterFact[] {
  if (values.length === 0) return []
  const each = (language: keyof Words): string[] => [...new Set(values.map((one) => one[language]))]
  return [{ term, value: { zh: each('zh').join('；'), en: each('en').join('; ') } }]
}
