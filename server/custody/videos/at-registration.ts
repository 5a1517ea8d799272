import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal, type RefusalValues } from '../../refusal.ts'
import { type Facts, draft, unitRegister } from '../custody.ts'
import { type CaseNames, mustNameNobody } from '../in-clear/in-clear.ts'
import { keepingWords } from '../intake/category-fields.ts'
import { keepingOf } from '../intake/details.ts'
import type { Item } from '../items/item.ts'
import type { Register } from '../schemas.ts'
import { filmingOf, isFilmed } from './filming.ts'
import { laterInClear, mustBeMade, recordingInClear } from './recording.ts'

/** An item that is being registered. */
export interface Taken {
  readonly code: string
  readonly body: Omit<Facts['custody.registered'], 'recordingLater'>
}

/**
 * 登记时的录音录像 (rules C-08): one recording of the taking, noted for all that it took; and of what stays where it is, which no hand-over will
 * ask, either that or why it is not entered yet. The reason settles nothing: it stands with the item until the film is whole or excused.
 * @throws Refusal `custody.film-unsaid`, `custody.film-reason-idle`, `custody.video-times`, `custody.names-person`
 */
export function filmedAtOnce(
  { recording, recordingLater }: Pick<Register, 'recording' | 'recordingLater'>,
  taken: readonly Taken[],
  names: CaseNames,
  { actor, at }: Circumstances,
): {
  readonly registered: readonly { readonly code: string; readonly body: Facts['custody.registered'] }[]
  readonly noted: readonly FactDraft[]
} {
  if (recording !== undefined) mustBeMade(recording, at)
  for (const one of recording === undefined ? [] : recordingInClear(recording))
    mustNameNobody([one], names, { field: `recording.${one.field}` })
  mustNameNobody([laterInClear(recordingLater)], names, { field: 'recordingLater' })
  const noted =
    recording === undefined ? null : { of: 'measure' as const, ...recording, sha256: recording.sha256 ?? null }
  const videos = noted === null ? [] : [{ ...noted, by: actor.person, at }]
  const isWanting = ({ track, measure }: Taken['body']): boolean =>
    filmingOf({ track, measure, videos, dispositionStatus: 'NONE' }) !== null
  const wanting = taken.map(({ body }) => isWanting(body))
  if (recordingLater === undefined) mustBeWholeOutside(taken, wanting)
  else if (!wanting.includes(true)) throw new Refusal('custody.film-reason-idle', { field: 'recordingLater' })
  const registered = taken.map(({ code, body }, index) => ({
    code,
    body: recordingLater !== undefined && wanting[index] === true ? { ...body, recordingLater } : body,
  }))
  if (noted === null) return { registered, noted: [] }
  const facts = taken.map(({ code, body: { unit, track, measure } }, index) => {
    const whole = isFilmed(track, measure.kind) && wanting[index] === false
    return draft(unitRegister(unit), 'custody.video-noted', `item/${code}`, { ...noted, ...(whole ? { whole } : {}) })
  })
  return { registered, noted: facts }
}

function mustBeWholeOutside(taken: readonly Taken[], wanting: readonly boolean[]): void {
  const silent = taken.findIndex(
    ({ body: { marks } }, index) => wanting[index] === true && keepingOf(marks) !== 'STORE',
  )
  const { marks } = taken[silent]?.body ?? {}
  if (silent >= 0) throw unsaid(marks, { line: silent + 1, field: 'details.keeping' })
}

/**
 * What was handed in and stays where it is comes under a measure without passing a hand-over: its film, or why it is not entered yet.
 * @throws Refusal `custody.film-unsaid`
 */
export function mustSayOfFilm({ code, marks }: Pick<Item, 'code' | 'marks'>, recordingLater: string | undefined): void {
  if (recordingLater === undefined && keepingOf(marks) !== 'STORE') throw unsaid(marks, { item: code })
}

function unsaid(marks: Item['marks'], place: RefusalValues): Refusal {
  const { zh, en } = keepingWords[keepingOf(marks)]
  return new Refusal('custody.film-unsaid', { keeping: zh, keepingEn: en, ...place })
}
