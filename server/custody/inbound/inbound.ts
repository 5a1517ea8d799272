import { localDay } from '../../local-time.ts'
import type { Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import type { Case } from '../cases/cases.ts'
import { custodyFact, draft, unitRegister } from '../custody.ts'
import { type CaseNames, isSameName, mustNameNobody } from '../in-clear/in-clear.ts'
import { isDay } from '../intake/details.ts'
import { quantityOf } from '../intake/registering.ts'
import { rules } from '../rules.ts'
import { caseInSight, type Scene } from '../scene.ts'
import { seesCase } from '../sight/sees.ts'
import { handles, holdsSomewhere, isOutside, mustHandle } from '../separation.ts'
import { weightOf } from '../weighing/weights.ts'
import type { InboundFacts, InboundFound, InboundLine, InboundSettlement, InboundVerdict } from './facts.ts'
import type { CheckInbound, ListInbound, SettleInbound } from './schemas.ts'

/** A line with what was found of it and what became of it. */
export type CheckedLine = InboundLine & {
  /** Counted from one. */
  readonly line: number
  /** On no line of the list: it came beside it. */
  readonly extra: boolean
  readonly checked: {
    readonly verdict: InboundVerdict
    readonly found: InboundFound
    readonly by: string
    readonly at: string
  } | null
  readonly settled: {
    readonly how: InboundSettlement
    readonly note: Sealed
    readonly bringer: Sealed
    readonly secondedBy: string | null
    readonly by: string
    readonly at: string
  } | null
}

/** 接收核对: one list of another organ. */
export type Inbound = Omit<InboundFacts['custody.inbound-listed'], 'lines'> & {
  readonly id: string
  readonly by: string
  readonly at: string
  readonly lines: readonly CheckedLine[]
  readonly accepted: (InboundFacts['custody.inbound-accepted'] & { readonly by: string; readonly at: string }) | null
  /** Absent unless it was. */
  readonly withdrawn?: InboundFacts['custody.inbound-withdrawn'] & { readonly by: string; readonly at: string }
}

/**
 * What one more fact makes of an inbound list. A line that is checked again is unsettled again; lines found beyond the list are added at its
 * end as `SURPLUS`, so that a number on paper never means another line.
 */
export function evolveInbound(inbound: Inbound | null, raw: Fact): Inbound | null {
  const fact = custodyFact(raw)
  const told = { by: fact.actor, at: fact.at }
  if (fact.type === 'custody.inbound-listed') {
    const { v: _, n: __, subject, lines, ...body } = fact.body
    const listed = lines.map((line, index) => ({
      ...{ ...line, line: index + 1, extra: false, checked: null, settled: null },
    }))
    return { ...body, ...told, id: subject.slice('inbound/'.length), lines: listed, accepted: null }
  }
  if (inbound === null) return null
  switch (fact.type) {
    case 'custody.inbound-checked': {
      const { lines, extra } = fact.body
      const found = new Map(lines.map((one) => [one.line, one]))
      const checked = inbound.lines.map((line) => {
        const now = found.get(line.line)
        if (now === undefined) return line
        return { ...line, checked: { verdict: now.verdict, found: now.found, ...told }, settled: null }
      })
      const added = extra.map((line, index) => ({
        ...{ ...line, line: inbound.lines.length + index + 1, extra: true, settled: null },
        checked: { verdict: 'SURPLUS' as const, found: {}, ...told },
      }))
      return { ...inbound, lines: [...checked, ...added] }
    }
    case 'custody.inbound-settled': {
      const { v: _, n: __, subject: ___, line, ...settled } = fact.body
      const lines = inbound.lines.map((one) => (one.line === line ? { ...one, settled: { ...settled, ...told } } : one))
      return { ...inbound, lines }
    }
    case 'custody.inbound-accepted': {
      const { items, signed } = fact.body
      return { ...inbound, accepted: { items, ...(signed === undefined ? {} : { signed }), ...told } }
    }
    case 'custody.inbound-withdrawn':
      return { ...inbound, withdrawn: { reason: fact.body.reason, ...told } }
    default:
      return inbound
  }
}

/** Lines that nobody has compared with the goods yet. */
export function uncheckedOf({ lines }: Pick<Inbound, 'lines'>): number[] {
  return lines.filter(({ checked }) => checked === null).map(({ line }) => line)
}

/** Lines that differ and of which it is not said yet what becomes of them. */
export function unsettledOf({ lines }: Pick<Inbound, 'lines'>): number[] {
  return lines.filter((one) => differs(one) && one.settled === null).map(({ line }) => line)
}

function differs({ checked }: CheckedLine): boolean {
  return checked !== null && checked.verdict !== 'MATCHED'
}

/** What is there of a line, as it was found. */
export function foundOf({ checked, ...line }: CheckedLine): InboundLine {
  return { ...line, ...checked?.found }
}

/** Lines that become items: what agrees, and what is taken as it was found, where anything was. */
export function takenOf({ lines }: Pick<Inbound, 'lines'>): CheckedLine[] {
  return lines.filter((one) => {
    if (one.checked === null) return false
    if (one.checked.verdict === 'MATCHED') return true
    return one.settled?.how === 'AS_FOUND' && foundOf(one).quantity !== NOTHING
  })
}

const NOTHING = '0'

/** What an act over a list of another organ looks at. */
export interface InboundState extends Pick<Scene, 'cases' | 'sight' | 'signers'> {
  readonly inbound: Inbound | null
  /** Whom the case names already. */
  readonly names: CaseNames
}

/** What entering a list looks at. */
export interface ListState extends InboundState {
  /** The lists to the case that were entered before. */
  readonly before: readonly Pick<Inbound, 'id' | 'organ' | 'number' | 'accepted' | 'withdrawn' | 'replaces'>[]
}

/** Whether it stands for its goods still: one of which nothing was taken may come again, and one that was withdrawn is typed anew. */
function standsFor({ accepted, withdrawn }: Pick<Inbound, 'accepted' | 'withdrawn'>): boolean {
  return withdrawn === undefined && (accepted === null || accepted.items.length > 0)
}

/** Whether its lines wait to be accepted. */
export function isOpen({ accepted, withdrawn }: Pick<Inbound, 'accepted' | 'withdrawn'>): boolean {
  return accepted === null && withdrawn === undefined
}

/** What somebody typed of a line that stands in the register in clear. */
function mustBeClear(lines: ListInbound['lines'], names: CaseNames, first: number): void {
  for (const [index, { name, unit, seal }] of lines.entries())
    mustNameNobody(
      [
        { field: 'name', name: { zh: '名称', en: 'name' }, text: name },
        { field: 'unit', name: { zh: '计量单位', en: 'unit' }, text: unit },
        { field: 'seal', name: { zh: '封条编号', en: 'seal number' }, text: seal },
      ],
      names,
      { line: first + index },
    )
}

function lineOf(
  { name, quantity, unit, weight_mg, seal, features }: ListInbound['lines'][number],
  line: number,
  { mint }: Pick<Circumstances, 'mint'>,
): InboundLine {
  return {
    ...{
      name,
      quantity: quantityOf(quantity, unit, { line, field: 'quantity' }),
      quantityUnit: unit,
      seal: seal ?? null,
    },
    weight_mg: weight_mg === undefined ? null : weightOf(weight_mg, { line, field: 'weight_mg' }),
    features: features === undefined ? null : mint.seal(features),
  }
}

/**
 * An officer of the case enters the list that came with the goods, as it was written (rules C-35).
 * @throws Refusal `custody.unknown-case`, `custody.not-case-officer`, `custody.case-closed`, `custody.names-somebody`, `custody.quantity`,
 *   `custody.inbound-day`, `custody.inbound-known`, `custody.inbound-replaces`
 */
export function listInbound(state: ListState, command: ListInbound, act: Circumstances): Decision {
  const of = caseInSight(state, command.case)
  mustHandle(act.actor, of)
  const { organ, number, day, theirCase = null, bringer, lines, replaces } = command
  if (!isDay(day) || day > localDay(act.at)) throw new Refusal('custody.inbound-day', { day })
  const isKnown = state.before.some(
    (one) => standsFor(one) && isSameName(one.organ, organ) && isSameName(one.number, number),
  )
  if (isKnown) throw new Refusal('custody.inbound-known', { organ, number })
  if (replaces !== undefined) mustBeReplaceable(state, replaces)
  mustNameNobody(
    [
      { field: 'organ', name: { zh: '移交机关', en: 'organ' }, text: organ },
      { field: 'number', name: { zh: '清单编号', en: 'number of the list' }, text: number },
      { field: 'theirCase', name: { zh: '对方案号', en: 'their case' }, text: theirCase ?? undefined },
    ],
    state.names,
  )
  mustBeClear(lines, { ...state.names, holders: [...state.names.holders, bringer.name] }, 1)
  const id = act.mint.id()
  const body = {
    ...{ case: of.number, unit: of.unit, organ, number, day, theirCase, bringer: act.mint.seal({ ...bringer }) },
    lines: lines.map((line, index) => lineOf(line, index + 1, act)),
    ...(replaces === undefined ? {} : { replaces }),
  }
  return {
    facts: [draft(unitRegister(of.unit), 'custody.inbound-listed', `inbound/${id}`, body)],
    result: { inbound: id },
  }
}

/** A list of the same case that was withdrawn, and in whose place none stands yet. */
function mustBeReplaceable({ before }: Pick<ListState, 'before'>, wanted: string): void {
  const wrong = before.find(({ id, withdrawn }) => id === wanted && withdrawn !== undefined)
  if (wrong === undefined || before.some(({ replaces }) => replaces === wanted))
    throw new Refusal('custody.inbound-replaces')
}

/**
 * The list as far as the actor may act on it: whether there is none or none for him makes no difference.
 * @throws Refusal `custody.unknown-inbound`, `custody.inbound-done`, `custody.inbound-gone`, and as `mustHandle`
 */
export function openInbound(
  { inbound, cases, sight }: Pick<InboundState, 'inbound' | 'cases' | 'sight'>,
  wanted: string,
  actor: Circumstances['actor'],
): { inbound: Inbound; of: Case } {
  const of = cases.get(inbound?.case ?? '')
  if (inbound === null || of === undefined || !seesCase(sight, of))
    throw new Refusal('custody.unknown-inbound', { inbound: wanted })
  mustHandle(actor, of)
  mustWait(inbound)
  return { inbound, of }
}

/** @throws Refusal `custody.inbound-done`, `custody.inbound-gone` */
export function mustWait({ number, accepted, withdrawn }: Inbound): void {
  if (accepted !== null) throw new Refusal('custody.inbound-done', { number })
  if (withdrawn !== undefined) throw new Refusal('custody.inbound-gone', { number })
}

/**
 * Lines are compared with the goods one by one; what is on no line is added as surplus. What was checked may be checked again until the list
 * is accepted, and is then to be settled anew.
 * @throws Refusal `custody.inbound-line`, `custody.inbound-verdict`, and as `openInbound`
 */
export function checkInbound(state: InboundState, command: CheckInbound, act: Circumstances): Decision {
  const { inbound, of } = openInbound(state, command.inbound, act.actor)
  const known = new Map(inbound.lines.map((one) => [one.line, one]))
  const seen = new Set<number>()
  const lines = command.lines.map(({ line, verdict, ...given }) => {
    const listed = known.get(line)
    // What came beside the list has no other verdict.
    if (listed === undefined || listed.extra || seen.has(line)) throw new Refusal('custody.inbound-line', { line })
    seen.add(line)
    return { line, verdict, found: foundIn(listed, verdict, given, act) }
  })
  const { extra = [] } = command
  const first = inbound.lines.length + 1
  if (first + extra.length - 1 > rules.items_per_act.value) throw new Refusal('custody.inbound-line', { line: first })
  if (lines.length + extra.length === 0) throw new Refusal('custody.inbound-line', { line: 0 })
  mustBeClear(extra, state.names, first)
  const body = { lines, extra: extra.map((line, index) => lineOf(line, first + index, act)) }
  return { facts: [draft(unitRegister(of.unit), 'custody.inbound-checked', `inbound/${inbound.id}`, body)] }
}

type Given = Omit<CheckInbound['lines'][number], 'line' | 'verdict'>

/** What was found, where it goes with the verdict and is not what the list says. */
function foundIn(
  listed: InboundLine & { readonly line: number },
  verdict: InboundVerdict,
  given: Given,
  act: Circumstances,
): InboundFound {
  const { line } = listed
  const { quantity: counted, weight_mg, seal, features } = given
  const quantity =
    counted === undefined
      ? undefined
      : counted === NOTHING
        ? NOTHING
        : quantityOf(counted, listed.quantityUnit, { line })
  const more = quantity === undefined ? 0 : Number(quantity) - Number(listed.quantity)
  const differing =
    (quantity === undefined || more !== 0) &&
    weight_mg !== listed.weight_mg &&
    (seal === undefined || seal !== listed.seal)
  const said = [quantity, weight_mg, seal, features].some((one) => one !== undefined)
  const fits = { MATCHED: !said, SHORT: more < 0, SURPLUS: more > 0, DIFFERENT: said && quantity !== NOTHING }[verdict]
  if (!fits || (said && !differing)) throw new Refusal('custody.inbound-verdict', { line })
  return {
    ...(quantity === undefined ? {} : { quantity }),
    ...(weight_mg === undefined ? {} : { weight_mg: weightOf(weight_mg, { line }) }),
    ...(seal === undefined ? {} : { seal }),
    ...(features === undefined ? {} : { features: act.mint.seal(features) }),
  }
}

/**
 * Both sides say what becomes of a line that differs: it goes back with whoever brought it, or is taken as it was found, for which a second
 * person of this side signs: another officer of the case, or a custodian who keeps apart from it (rules C-10, C-35).
 * @throws Refusal `custody.inbound-line`, `custody.inbound-second`, and as `openInbound`
 */
export function settleInbound(state: InboundState, command: SettleInbound, { actor, mint }: Circumstances): Decision {
  const { inbound, of } = openInbound(state, command.inbound, actor)
  const { line, how, note, bringer } = command
  const listed = inbound.lines.find((one) => one.line === line)
  if (listed === undefined || !differs(listed)) throw new Refusal('custody.inbound-line', { line })
  const second = [...state.signers.values()].find(
    (signer) =>
      signer.person !== actor.person &&
      (handles(signer, of) || (holdsSomewhere(signer, 'custodian') && isOutside(signer, of))),
  )
  if (how === 'AS_FOUND' && second === undefined) throw new Refusal('custody.inbound-second', { line })
  const body = {
    ...{ line, how, note: mint.seal(note), bringer: mint.seal({ ...bringer }) },
    secondedBy: second?.person ?? null,
  }
  return { facts: [draft(unitRegister(of.unit), 'custody.inbound-settled', `inbound/${inbound.id}`, body)] }
}
