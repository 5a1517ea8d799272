import type { Circumstances, Decision, Fact, FactDraft, Sealed } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'

/** Whom a leak is told to. */
export const TOLD = ['authority', 'persons', 'leader'] as const
export type Told = (typeof TOLD)[number]

export const LEAK_KINDS = ['PERSONAL', 'REPORTER', 'WORK', 'STATE'] as const
export type LeakKind = (typeof LEAK_KINDS)[number]

/** What a kind of leak asks for. `standing`: whether the article was read, or the number is the house's own. */
export interface LeakTerm {
  readonly words: Words
  /** Hours from its finding until the authority is told. */
  readonly hours: number
  /** Who is told before it is closed. */
  readonly tell: readonly Told[]
  readonly basis: string
  readonly standing: 'statute' | 'to-be-confirmed' | 'house'
}

/** Terms of reporting, by kind (rules P-02, P-03, P-09, S-03). One row, one rule; a leak keeps the term that held when it was registered. */
export const leakTerms = {
  PERSONAL: {
    words: { zh: '个人信息泄露、篡改、丢失', en: 'Personal information leaked, altered or lost' },
    ...{ hours: 24, tell: ['authority', 'persons'] },
    basis: '个人信息保护法 57（立即补救并通知；小时数为本系统内部规则）',
    standing: 'house',
  },
  REPORTER: {
    words: { zh: '检举控告人、证人信息泄露', en: 'Reporter or witness exposed' },
    ...{ hours: 24, tell: ['authority', 'persons', 'leader'] },
    basis: '监察法(2024) 74(三)；检举控告规则 47（小时数为本系统内部规则）',
    standing: 'house',
  },
  WORK: {
    words: { zh: '工作秘密、案情泄露', en: 'Work secret or matter of a case leaked' },
    ...{ hours: 24, tell: ['leader'] },
    basis: '保守国家秘密法(2024) 64；监察法(2024) 18(2)（小时数为本系统内部规则）',
    standing: 'house',
  },
  STATE: {
    words: { zh: '国家秘密泄露', en: 'State secret leaked' },
    ...{ hours: 24, tell: ['authority', 'leader'] },
    basis: '保守国家秘密法实施条例(2024)（24 小时内报告，条文待核对）',
    standing: 'to-be-confirmed',
  },
} as const satisfies Readonly<Record<LeakKind, LeakTerm>>

const MS_PER_HOUR = 3_600_000

/** The facts of a leak, all in the register of the unit in which it was found. */
export type LeakFacts = {
  /** `leak/<uuid>`: something got out that should not have. What and whom it concerns stands beside the register. */
  'leaks.registered': {
    readonly unit: string
    readonly kind: LeakKind
    readonly foundAt: string
    readonly what: Sealed
    readonly concerned: Sealed
    /** When the authority is to be told at the latest, and who is told before it is closed, by the rule of that day. */
    readonly dueAt: string
    readonly tell: readonly Told[]
    readonly basis: string
  }
  /** `leak/<uuid>`: something was done about it. */
  'leaks.measure-taken': { readonly text: Sealed }
  /** `leak/<uuid>`: somebody was told. */
  'leaks.told': { readonly whom: Told; readonly who: Sealed }
  /** `leak/<uuid>`: a second person has looked at it and closed it; `untold`: why somebody was not told who should have been. */
  'leaks.closed': { readonly text: Sealed; readonly untold: Sealed | null }
}

interface Step {
  readonly by: string
  readonly at: string
}

/** One entry of the register of leaks. */
export type Leak = LeakFacts['leaks.registered'] &
  Step & {
    readonly id: string
    readonly register: string
    readonly measures: readonly (Step & { readonly text: Sealed })[]
    readonly told: readonly (Step & { readonly whom: Told; readonly who: Sealed })[]
    readonly closed: (Step & { readonly text: Sealed; readonly untold: Sealed | null }) | null
  }

type LeakFact = {
  [T in keyof LeakFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: LeakFacts[T] & { readonly v: number; readonly subject: string; readonly n: number }
  }
}[keyof LeakFacts]

/** What one more fact makes of an entry; null until it is registered. Steps are only ever added, never changed. */
export function evolveLeak(leak: Leak | null, raw: Fact): Leak | null {
  const fact = raw as unknown as LeakFact
  const step = { by: fact.actor, at: fact.at }
  if (fact.type === 'leaks.registered') {
    const { subject, unit, kind, foundAt, what, concerned, dueAt, tell, basis } = fact.body
    return {
      ...{ id: subject.slice('leak/'.length), register: fact.register, unit, kind, foundAt, what, concerned, dueAt },
      ...{ tell, basis, ...step, measures: [], told: [], closed: null },
    }
  }
  if (leak === null) return null
  switch (fact.type) {
    case 'leaks.measure-taken':
      return { ...leak, measures: [...leak.measures, { text: fact.body.text, ...step }] }
    case 'leaks.told':
      return { ...leak, told: [...leak.told, { whom: fact.body.whom, who: fact.body.who, ...step }] }
    case 'leaks.closed':
      return { ...leak, closed: { text: fact.body.text, untold: fact.body.untold, ...step } }
  }
}

function draft<T extends keyof LeakFacts>(
  { id, register }: { readonly id: string; readonly register: string },
  type: T,
  body: LeakFacts[T],
): FactDraft {
  return { register, type, subject: `leak/${id}`, body: { v: 1, ...body } }
}

export interface RegisterLeak {
  readonly type: 'leaks.register'
  readonly kind: LeakKind
  readonly foundAt: string
  readonly what: string
  readonly concerned: string
}

/**
 * Whoever finds a leak registers it: what got out, whom it concerns, and when it was found; from then counts the time to report it.
 * @throws Refusal `leaks.time` for one found in the future, `leaks.no-unit` for somebody who belongs to none
 */
export function registerLeak(
  { kind, foundAt, what, concerned }: RegisterLeak,
  { actor, at, mint }: Circumstances,
): Decision {
  const { unit } = actor
  if (unit === null) throw new Refusal('leaks.no-unit')
  if (foundAt > at) throw new Refusal('leaks.time')
  const { hours, tell, basis } = leakTerms[kind]
  const id = mint.id()
  const dueAt = new Date(Date.parse(foundAt) + hours * MS_PER_HOUR).toISOString()
  const fact = draft({ id, register: leakRegister(unit) }, 'leaks.registered', {
    ...{ unit, kind, foundAt, what: mint.seal(what), concerned: mint.seal(concerned) },
    ...{ dueAt, tell, basis },
  })
  return { facts: [fact], result: { id } }
}

export type LeakStep =
  | { readonly type: 'leaks.note-measure'; readonly leak: string; readonly text: string }
  | { readonly type: 'leaks.tell'; readonly leak: string; readonly whom: Told; readonly who: string }
  | { readonly type: 'leaks.close'; readonly leak: string; readonly text: string; readonly untold?: string }

/**
 * What is done about a leak, who is told of it, and its closing by a supervisor who did not register it, once everybody was told or it is said why
 * not.
 * @throws Refusal `leaks.unknown`, `leaks.closed`, `leaks.second-person`, `leaks.nothing-done`, `leaks.untold`
 */
export function decideLeak(leak: Leak | null, command: LeakStep, { actor, mint }: Circumstances): Decision {
  if (leak === null || !seesLeak(leak, actor)) throw new Refusal('leaks.unknown', { leak: command.leak })
  if (leak.closed !== null) throw new Refusal('leaks.closed', { leak: command.leak })
  switch (command.type) {
    case 'leaks.note-measure':
      return { facts: [draft(leak, 'leaks.measure-taken', { text: mint.seal(command.text) })] }
    case 'leaks.tell':
      return { facts: [draft(leak, 'leaks.told', { whom: command.whom, who: mint.seal(command.who) })] }
    case 'leaks.close': {
      if (!mayClose(leak, actor)) throw new Refusal('leaks.second-person')
      if (leak.measures.length === 0) throw new Refusal('leaks.nothing-done')
      const untold = command.untold === undefined ? null : mint.seal(command.untold)
      if (untold === null && stillToTell(leak).length > 0) throw new Refusal('leaks.untold')
      return { facts: [draft(leak, 'leaks.closed', { text: mint.seal(command.text), untold })] }
    }
  }
}

/** Who should have been told of it, and was not yet. */
export function stillToTell({ tell, told }: Pick<Leak, 'tell' | 'told'>): readonly Told[] {
  return tell.filter((whom) => !told.some((one) => one.whom === whom))
}

/** Supervisors see every leak, others what they registered. */
export function seesLeak(leak: Pick<Leak, 'by'>, { person, appointments }: Circumstances['actor']): boolean {
  return person === leak.by || appointments.some(({ post }) => post === 'supervisor')
}

/** A supervisor closes it, and never who registered it. */
export function mayClose(leak: Pick<Leak, 'by' | 'closed'>, { person, appointments }: Circumstances['actor']): boolean {
  return leak.closed === null && person !== leak.by && appointments.some(({ post }) => post === 'supervisor')
}

/** A leak is kept in the register of the unit in which it was found, among the other facts of that unit. */
export function leakRegister(unit: string): string {
  return `unit.${unit}`
}
