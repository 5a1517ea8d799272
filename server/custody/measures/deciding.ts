import type { ApprovalLevel } from '../../approvals/approvals.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { measureWords } from '../axes.ts'
import { type CustodyFact, draft, unitRegister } from '../custody.ts'
import { mustBeUndisputed } from '../disposal/proposing.ts'
import { type CaseNames, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { mustFitPaper } from '../papers/drawable.ts'
import { mustBeSaid } from '../relevance/relevance.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, mustShare, type Scene } from '../scene.ts'
import { mustBeOpen, mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'
import { afterMove, type Move } from '../transitions.ts'
import { mustSayOfFilm } from '../videos/at-registration.ts'
import { filmingOf } from '../videos/filming.ts'
import { laterInClear } from '../videos/recording.ts'
import { areCurrentYearBooks, type Granting, measureLevels, mustBeOfTrack } from './approving.ts'
import type { ConfirmDeed, ConvertDeed } from './schemas.ts'
import { standsUnapproved } from './unapproved.ts'

/** What deciding over a measure looks at besides: by case, whom it names. */
export interface MeasureScene extends Scene {
  readonly names: ReadonlyMap<string, CaseNames>
}

/** A measure that was approved after it was taken. */
export type ConfirmedMeasure = { readonly approval: string; readonly approver: string; readonly at: string }

/**
 * 补办批准: an officer asks for leave for what was taken without: on the spot, within 24 hours (rules T-02), or on its notice alone.
 * @throws Refusal `custody.nothing-to-confirm`
 */
export function askConfirming(scene: MeasureScene, deed: ConfirmDeed, circumstances: Circumstances) {
  const items = itemsFor(scene, deed, 'confirm-measure', circumstances)
  items.forEach(mustBeUnconfirmed)
  return whereOf(items)
}

/** Who must agree afterwards: as many as would have agreed before. */
export function confirmLevels({ items }: Pick<Scene, 'items'>, deed: ConfirmDeed): readonly ApprovalLevel[] {
  return levelsAfterwards(deed.items.flatMap((code) => items.get(code) ?? []))
}

function levelsAfterwards(found: readonly Item[]): readonly ApprovalLevel[] {
  // One such book among other things, and the whole request goes as high as the book does.
  if (found.some(areCurrentYearBooks)) return rules.current_year_books_levels.value
  return found.map((item) => measureLevels(null, item.measure)).find((one) => one.length > 0) ?? []
}

/** Who agrees afterwards to what was taken, one after the other; what wants no levels, an approver of the department. */
export function levelsOf(found: readonly Item[]): readonly ApprovalLevel[] {
  const levels = levelsAfterwards(found)
  return levels.length === 0 ? ['department'] : levels
}

/** 批准: by who neither asked nor handles the case nor keeps the thing; the clock of the 24 hours ends. */
export function confirmMeasure(
  scene: MeasureScene,
  deed: ConfirmDeed,
  granting: Granting,
  circumstances: Circumstances,
): readonly FactDraft[] {
  return deed.items.map((code) => {
    const item = decidedOver(scene, code, 'confirm-measure', granting, circumstances)
    mustBeUnconfirmed(item)
    const body = { ...granting, approver: circumstances.actor.person }
    return draft(unitRegister(item.unit), 'custody.measure-confirmed', `item/${code}`, body)
  })
}

function mustBeUnconfirmed(item: Item): void {
  if (!standsUnapproved(item)) throw new Refusal('custody.nothing-to-confirm', { item: item.code })
}

/**
 * 主动上交转为正式措施 (row 4, rules C-31): an officer asks that what was handed in is held under a measure from now on.
 * @throws Refusal `custody.measure-kind`, `custody.convert-kind`, `custody.relevance-unsaid`, `custody.film-unsaid`, `custody.names-person`
 */
export function askConverting(scene: MeasureScene, deed: ConvertDeed, circumstances: Circumstances) {
  const items = itemsFor(scene, deed, 'convert-surrender', circumstances)
  for (const item of items) {
    mustConvert(scene, item, deed)
    if (owesFilm(item, deed)) mustSayOfFilm(item, deed.recordingLater)
  }
  mustFitPaper({ 通知书文号: { en: 'Notice number', text: deed.document } })
  return whereOf(items)
}

/** 批准转为正式措施: by an approver who neither asked nor handles the case nor keeps the thing. */
export function convertSurrender(
  scene: MeasureScene,
  deed: ConvertDeed,
  granting: Granting,
  circumstances: Circumstances,
): readonly FactDraft[] {
  const { kind, document: noticeNumber, recordingLater } = deed
  return deed.items.map((code) => {
    const item = decidedOver(scene, code, 'convert-surrender', granting, circumstances)
    mustConvert(scene, item, deed)
    const isOwed = owesFilm(item, deed)
    const { officers } = caseOf(scene, item.case)
    const body = {
      ...{ ...granting, approver: circumstances.actor.person, kind, noticeNumber },
      ...(isOwed ? { film: { case: item.case, officers: [...officers] } } : {}),
      ...(isOwed && recordingLater !== undefined ? { recordingLater } : {}),
    }
    return draft(unitRegister(item.unit), 'custody.surrender-converted', `item/${code}`, body)
  })
}

/** Whether its recording is owed from then on. */
function owesFilm(item: Item, { kind }: ConvertDeed): boolean {
  return filmingOf({ ...item, measure: { ...item.measure, kind } }) !== null
}

function mustConvert(scene: MeasureScene, item: Item, { kind, document, recordingLater }: ConvertDeed): void {
  const of = caseOf(scene, item.case)
  mustBeOfTrack(of, kind)
  mustBeSaid(item)
  if (kind === 'VOLUNTARY_RECEIVED' || kind === 'FROZEN') {
    const { zh, en } = measureWords[kind]
    throw new Refusal('custody.convert-kind', { kind: zh, kindEn: en })
  }
  const notice = { field: 'document', name: { zh: '通知书文号', en: 'notice number' }, text: document }
  mustNameNobody([notice, laterInClear(recordingLater)], scene.names.get(item.case) ?? noNames)
}

function itemsFor(
  scene: MeasureScene,
  { items }: { readonly items: readonly string[] },
  move: Move,
  circumstances: Circumstances,
): readonly Item[] {
  return items.map((code) => {
    const item = itemOf(scene, code)
    mustHandle(circumstances.actor, caseOf(scene, item.case))
    mustBeUndisputed(item)
    mustBeAble(item, move, circumstances)
    return item
  })
}

function decidedOver(
  scene: MeasureScene,
  code: string,
  move: Move,
  { requester }: Granting,
  circumstances: Circumstances,
): Item {
  const item = itemOf(scene, code)
  const of = caseOf(scene, item.case)
  mustBeOpen(of)
  mustBeUndisputed(item)
  mustBeAble(item, move, circumstances)
  mustDiffer(circumstances.actor.person, { requester })
  mustNotKeep(circumstances.actor, item)
  mustNotHandle(circumstances.actor, of)
  return item
}

function whereOf(items: readonly Item[]): { readonly unit: string; readonly register: string } {
  const { unit } = mustShare(items)
  return { unit, register: unitRegister(unit) }
}

type MeasureFact = Extract<CustodyFact, { type: 'custody.measure-confirmed' | 'custody.surrender-converted' }>

/** An item after a decision over its measure. */
export function evolveMeasure(item: Item, fact: MeasureFact): Item {
  const { approval, approver } = fact.body
  switch (fact.type) {
    case 'custody.measure-confirmed':
      return { ...item, confirmed: { approval, approver, at: fact.at }, lastAt: fact.at }
    case 'custody.surrender-converted': {
      const { kind, noticeNumber, film, recordingLater } = fact.body
      const converted = film === undefined ? {} : { convertedAt: fact.at }
      return {
        ...{ ...item, ...afterMove(item, 'convert-surrender'), measureStatus: kind },
        ...(recordingLater === undefined ? {} : { recordingLater }),
        measure: {
          ...item.measure,
          kind,
          noticeNumber,
          formerNumber: item.measure.noticeNumber,
          approval,
          ...converted,
        },
        lastAt: fact.at,
      }
    }
  }
}
