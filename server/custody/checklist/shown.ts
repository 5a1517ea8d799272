import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { localDay } from '../../local-time.ts'
import { measureWords } from '../axes.ts'
import type { Case } from '../cases/cases.ts'
import type { Item } from '../items/item.ts'
import { said } from '../names.ts'
import type { CaseAccount } from '../protocol.ts'
import { checksOf, hasChecklist, pointsOf } from './checklist.ts'
import { checkPoints } from './points.ts'

/** The checklist of each notice of a case, with who said what of it. */
export async function checklistsOf(db: Reader, of: Case, its: readonly Item[]): Promise<CaseAccount['checklists']> {
  const kinds = new Map(
    its.filter(hasChecklist).map(({ measure: { noticeNumber, kind } }) => [noticeNumber, kind] as const),
  )
  const named = await namesOf(
    db,
    (of.checks ?? []).map(({ by }) => `person/${by}`),
  )
  return [...kinds].map(([notice, kind]) => {
    const checks = checksOf(of, notice)
    return {
      ...{ notice, kind: said(kind, measureWords) },
      points: pointsOf(of.track).map((value) => {
        const { name, basis } = checkPoints[value]
        const check = checks.find(({ points }) => points.includes(value))
        const ticked = check === undefined ? null : { by: named(`person/${check.by}`), at: check.at }
        return { point: { value, words: name }, basis, ticked }
      }),
    }
  })
}

/** The same of one notice in one line of a paper, as it stands on its day; empty where the measure has no checklist. */
export async function checksOnPaper(db: Reader, of: Case, its: readonly Item[], notice: string): Promise<string> {
  const list = (await checklistsOf(db, of, its)).find((one) => one.notice === notice)
  if (list === undefined) return ''
  const open = list.points.flatMap(({ point, ticked }) => (ticked === null ? [point.words.zh] : []))
  const byWhom = Map.groupBy(
    list.points.flatMap(({ point, ticked }) => (ticked === null ? [] : [{ point, ticked }])),
    ({ ticked: { by, at } }) => `${by.name} ${localDay(at)}`,
  )
  return [
    ...[...byWhom].map(([who, those]) => `${those.map(({ point }) => point.words.zh).join('、')}（核对：${who}）`),
    ...(open.length === 0 ? [] : [`未核对：${open.join('、')}`]),
  ].join('；')
}
