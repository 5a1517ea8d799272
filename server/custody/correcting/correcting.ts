import type { Actor, Circumstances, Decision, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { categories } from '../categories.ts'
import { type CorrectedField, CORRECTED_FIELDS, correctedWords } from './corrections.ts'
import { draft } from '../custody.ts'
import { roomOnCard } from '../intake/details.ts'
import { mustBeDrawable } from '../papers/drawable.ts'
import { type CaseNames, type InClear, mustNameNobody, noNames } from '../in-clear/in-clear.ts'
import type { Item } from '../items/item.ts'
import { linesOf } from '../items/lines.ts'
import { featuresOnPaper, localDay } from '../papers/paper-words.ts'
import { quantityOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, mustBeAble, presentRegister, type Scene } from '../scene.ts'
import type { Correct } from '../keeping/schemas.ts'
import { sealersOf } from '../seals/sealing.ts'
import { FreshSeals } from '../seals/seals.ts'
import { handles, keepsApart, mustHandle } from '../separation.ts'
import { weightOf } from '../weighing/weights.ts'

/** A fact that said something which may be put right: a registration, a sealing, or an earlier correction. */
export interface Told {
  readonly register: string
  readonly seq: number
  readonly hash: string
  readonly type: 'custody.registered' | 'custody.formed' | 'custody.sealed' | 'custody.corrected'
  readonly actor: string
  /** What a correction put right. */
  readonly field: CorrectedField | null
}

export type CorrectionScene = Scene & {
  /** By item, in the order of its life. */
  readonly told: ReadonlyMap<string, readonly Told[]>
  /** Those who registered the items and are active, with the posts they hold. */
  readonly registrars: ReadonlyMap<string, Actor>
  /** By case, whom it names. */
  readonly names: ReadonlyMap<string, CaseNames>
}

type Line = Correct['items'][number]

/**
 * 红字更正: who registered an item says what was typed wrongly and why; a second officer of the case signs, and its custodian once a store
 * keeps it. One fact a field, which names the wrong one; both stay (rules 7.2).
 */
export function correctItems(scene: CorrectionScene, command: Correct, circumstances: Circumstances): Decision {
  const reason = circumstances.mint.seal(command.reason)
  const lines = linesOf<Omit<Line, 'item'>>(command.items) as readonly Line[]
  const renumber = newSeals(scene, lines)
  // A number that another item turns out to wear is no wrong one.
  const given = new Set(lines.flatMap(({ sealNumber }) => sealNumber ?? []))
  const facts = lines.flatMap((line): FactDraft[] => {
    const item = itemOf(scene, line.item)
    mustBeAble(item, 'correct', circumstances)
    const of = caseOf(scene, item.case)
    const told = scene.told.get(item.code) ?? []
    mustBeRegistrar(scene, of, told, circumstances.actor)
    const fields = CORRECTED_FIELDS.filter((field) => line[field] !== undefined)
    if (fields.length === 0) throw new Refusal('custody.nothing-corrected', { item: item.code })
    renumber(item, line)
    const values = fields.map((field) => ({ field, ...valuesOf(item, field, line) }))
    for (const { field, was, is } of values) if (was === is) sameAgain(item, field)
    mustNameNobody(inClear(line), scene.names.get(item.case) ?? noNames, { item: item.code })
    mustFitCard(item, line)
    const signers = sealersOf(scene, of, circumstances)
    mustBeSigned(scene, item, of, signers)
    return values.map(({ field, was, is }) =>
      draft(presentRegister(item), 'custody.corrected', `item/${item.code}`, {
        ...{ field, was: field === 'features' ? null : was, is: field === 'features' ? null : is },
        text: field === 'features' ? circumstances.mint.seal(String(is)) : null,
        ...{ wrong: wrongOf(item, told, field), signers, reason },
        ...(field === 'sealNumber' && was !== null && !given.has(String(was)) ? { retires: String(was) } : {}),
      }),
    )
  })
  return { facts }
}

type Value = string | number | null

/** What stands in a field and what is to stand there. */
function valuesOf(item: Item, field: CorrectedField, line: Line): { readonly was: Value; readonly is: Value } {
  switch (field) {
    case 'name':
      return { was: item.name, is: line.name ?? '' }
    case 'features':
      return { was: null, is: line.features ?? '' }
    case 'quantity':
      return { was: item.quantity, is: quantityOf(line.quantity ?? '', item.quantityUnit, { item: item.code }) }
    case 'weight_mg':
      return { was: mustBeTyped(item), is: weightOf(line.weight_mg ?? 0, { item: item.code }) }
    case 'sealNumber':
      return { was: item.seal?.number ?? null, is: line.sealNumber ?? '' }
    case 'noticeNumber':
      return { was: item.measure.noticeNumber, is: line.noticeNumber ?? '' }
  }
}

/** What of a correction the register holds as it was typed. */
function inClear(line: Line): InClear[] {
  return (['name', 'sealNumber', 'noticeNumber'] as const).map((field) => ({
    field,
    name: correctedWords[field],
    text: line[field],
  }))
}

/** Only the weight of the registration, and only while it is all that is known: what a scale said at a hand-over is no slip of the pen. */
function mustBeTyped({ code, weights }: Item): number {
  const [first, ...later] = weights
  if (first === undefined) throw new Refusal('custody.nothing-to-correct', { item: code, ...named('weight_mg') })
  if (later.length > 0 || first.weighing?.by === 'scale') throw new Refusal('custody.weighed-since', { item: code })
  return first.weight_mg
}

function sameAgain({ code }: Item, field: CorrectedField): never {
  throw new Refusal('custody.corrected-to-same', { item: code, ...named(field) })
}

function named(field: CorrectedField): { what: string; whatEn: string } {
  const { zh: what, en: whatEn } = correctedWords[field]
  return { what, whatEn }
}

/**
 * Whoever registered it knows what he meant to write. Where he handles the case no more, another of its officers may.
 * @throws Refusal `custody.not-case-officer`, `custody.not-registrar`
 */
function mustBeRegistrar({ registrars }: CorrectionScene, of: Case, told: readonly Told[], actor: Actor): void {
  mustHandle(actor, of)
  const registrar = registrars.get(told[0]?.actor ?? '')
  if (registrar === undefined || registrar.person === actor.person || !handles(registrar, of)) return
  throw new Refusal('custody.not-registrar', { person: registrar.person })
}

/** @throws Refusal `custody.correction-signers`, `custody.keeper-signature` */
function mustBeSigned({ signers }: CorrectionScene, item: Item, of: Case, officers: readonly string[]): void {
  const needed = rules.officers_per_measure.value
  if (officers.length < needed) throw new Refusal('custody.correction-signers', { signers: needed })
  if (item.store === null) return
  if (![...signers.values()].some((one) => keepsApart(one, item, of)))
    throw new Refusal('custody.keeper-signature', { item: item.code })
}

/** The last fact that said what a field holds. */
function wrongOf(item: Item, told: readonly Told[], field: CorrectedField): Pick<Told, 'register' | 'seq' | 'hash'> {
  const wrong = told.findLast(
    ({ type, field: of }) =>
      type === 'custody.registered' ||
      type === 'custody.formed' ||
      of === field ||
      (type === 'custody.sealed' && field === 'sealNumber'),
  )
  if (wrong === undefined) throw new Error(`${item.code} was never registered`)
  const { register, seq, hash } = wrong
  return { register, seq, hash }
}

/** Seal numbers are put right a bag at a time, with numbers that no other sealing has; two that were mistaken for each other may change. */
function newSeals(scene: CorrectionScene, lines: readonly Line[]): (item: Item, line: Line) => void {
  const corrected = new Map(
    lines.flatMap(({ item, sealNumber }) => (sealNumber === undefined ? [] : [[item, sealNumber]])),
  )
  const freed = new Set([...corrected.keys()].map((code) => scene.items.get(code)?.seal?.number ?? ''))
  const seals = new FreshSeals(new Set([...scene.seals].filter((number) => !freed.has(number))))
  return ({ code, seal }, { sealNumber }) => {
    if (sealNumber === undefined) return
    if (seal === null) throw new Refusal('custody.nothing-to-correct', { item: code, ...named('sealNumber') })
    const left = (scene.bags.get(seal.number) ?? []).filter((other) => corrected.get(other) !== sealNumber)
    if (left.length > 0)
      throw new Refusal('custody.seal-corrected-together', { number: seal.number, items: left.join('、') })
    if (sealNumber !== seal.number) seals.take({ ...seal, number: sealNumber }, { item: code })
  }
}

/** What is put right is printed on the item's next card and on the forms. */
function mustFitCard(item: Item, line: Line): void {
  const quantity = line.quantity === undefined ? item.quantity : quantityOf(line.quantity, item.quantityUnit)
  mustBeDrawable(
    {
      ...{ code: item.code, ordinal: item.ordinal, caseNumber: item.case, name: line.name ?? item.name },
      ...{ quantity, unit: item.quantityUnit, category: categories[item.category].name.zh },
      ...{ storageClass: roomOnCard(item.category, item.marks) },
      ...{ sealNumber: line.sealNumber ?? item.seal?.number ?? null, day: localDay(item.measure.takenAt) },
      features: line.features === undefined ? '' : featuresOnPaper(line.features, '', null),
    },
    { item: item.code },
  )
}
