import { loadStates } from '../../ledger/project.ts'
import type { Actor, Reader } from '../../module.ts'
import type { DisposalDue, Words } from '../../stations/protocol.ts'
import { categories } from '../categories.ts'
import type { Disposal } from '../disposal/disposal.ts'
import type { BenchDisposal } from '../disposal/protocol.ts'
import { turnsOf } from '../disposal/reads.ts'
import { disposalTypes } from '../disposal/types.ts'
import { papersToCarryOut } from '../disposal/work.ts'
import type { Item } from '../items/item.ts'
import { namesOfPlaces } from '../keeping/store.ts'
import { refusedFor } from '../measures/unapproved.ts'
import { disposals } from '../projections.ts'
import { readItems } from '../reads.ts'
import { numbersNow } from '../renumbering/numbers.ts'

/** Of these items, those whose disposal is approved and not carried out: which it is, and who does what next, as this custodian is told it. */
export async function disposalsDue(
  db: Reader,
  its: readonly Item[],
  actor: Actor,
): Promise<ReadonlyMap<string, DisposalDue>> {
  const due = its.flatMap((item) =>
    item.dispositionStatus === 'APPROVED' && item.disposal !== undefined ? [{ item, code: item.disposal }] : [],
  )
  if (due.length === 0) return new Map()
  const papers = await loadStates(db, disposals, [...new Set(due.map(({ code }) => code))])
  const told = new Map<string, DisposalDue>()
  for (const [code, ofPaper] of Map.groupBy(due, (one) => one.code)) {
    const paper = papers.get(code)
    if (!paper) continue
    const seen = ofPaper.map(({ item }) => item)
    const { yours } = await turnsOf(db, paper, seen, actor)
    for (const item of seen)
      told.set(item.code, { code, words: wordsOf(paper), next: nextOf(paper, item, yours.includes(item.code)) })
  }
  return told
}

/** Approved disposals of what a store keeps that wait for it, the oldest first. */
export async function disposalsAt(db: Reader, store: string, actor: Actor): Promise<BenchDisposal[]> {
  const papers = await papersToCarryOut(db, store)
  const its = new Map(
    (
      await readItems(
        db,
        papers.flatMap(({ items }) => items),
      )
    ).map((item) => [item.code, item]),
  )
  const places = await namesOfPlaces(
    db,
    [...its.values()].flatMap(({ location }) => location ?? []),
  )
  const numbers = await numbersNow(
    db,
    papers.map(({ paper }) => paper.case),
  )
  const found: BenchDisposal[] = []
  for (const { paper, items } of papers) {
    const seen = items.flatMap((code) => its.get(code) ?? [])
    const { yours } = await turnsOf(db, paper, seen, actor)
    found.push({
      ...{ code: paper.code, case: numbers.of(paper.case), way: disposalTypes[paper.way].name, items: seen.length },
      places: [
        ...new Set(seen.flatMap(({ location }) => (location === null ? [] : (places.get(location) ?? location)))),
      ],
      yours: yours.length > 0,
    })
  }
  return found
}

function wordsOf({ way, code }: Disposal): Words {
  const { zh, en } = disposalTypes[way].name
  return { zh: `处置已批准，待执行：${zh}（${code}）`, en: `Disposal approved, to be carried out: ${en} (${code})` }
}

/** What keeps it from being carried out, whoever does it; null where nothing does. */
function inTheWay({ way }: Disposal, item: Item): Words | null {
  if (item.incident !== null)
    return { zh: '有未了结的异常，了结后才能执行', en: 'An incident is open: it is carried out once that is concluded' }
  if (item.complaint !== undefined)
    return { zh: '申诉尚未处理，处理后才能执行', en: 'A complaint is open: it is carried out once that is decided' }
  if (refusedFor(way, [item]) === null) return null
  return {
    zh: '措施未经批准，暂不得执行：由本案承办人员申请补办批准',
    en: 'Its measure was never approved, and it is not carried out until then: an officer of the case asks for that',
  }
}

function nextOf(paper: Disposal, item: Item, yours: boolean): Words {
  const { code } = paper
  const { custodyStatus, category } = item
  const waits = inTheWay(paper, item)
  if (waits !== null) return waits
  const [who, whoEn] =
    categories[category].persons > 1
      ? ['本库两名保管人员', 'two custodians of the store']
      : ['本库保管人员', 'a custodian of the store']
  if (custodyStatus === 'BORROWED' || custodyStatus === 'AT_APPRAISAL')
    return {
      zh: `先收回入库，再由${who}打开处置审批单 ${code} 执行`,
      en: `Take it back first; then ${whoEn} carries it out on the paper ${code}`,
    }
  if (yours)
    return {
      zh: `请在电脑上打开待办“处置已批准，待执行”（处置审批单 ${code}），由${who}核对实物、签字后执行；执行前不出库`,
      en: `Open your work “A disposal is approved” (paper ${code}) at a desk: ${whoEn} checks the thing, signs and carries it out; until then it does not leave`,
    }
  return {
    zh: `须由${who}打开处置审批单 ${code} 执行；提出、审理、批准本处置或承办本案的人不得执行，现在不由您办理`,
    en: `To be carried out by ${whoEn} on the paper ${code}, by nobody who proposed, reviewed or approved it or handles the case: it is not yours now`,
  }
}
