import type { Actor, Circumstances, Decision, Fact, FactDraft, Post, Sealed } from '../module.ts'
import { Refusal, type Words } from '../refusal.ts'

/** 督办 is used for these (检举控告规则 22, rules.md W-05). */
export const URGING_REASONS = ['time-passed', 'perfunctory', 'supplement', 'other'] as const
export type UrgingReason = (typeof URGING_REASONS)[number]

/** How it is carried out (the same article). */
export const URGING_METHODS = ['letter', 'hearing', 'file-review', 'inspection'] as const
export type UrgingMethod = (typeof URGING_METHODS)[number]

export const URGING_STATES = ['issued', 'answered', 'accepted', 'withdrawn'] as const
export type UrgingState = (typeof URGING_STATES)[number]

/** The longest term of an answer. The house's own number: no law fixes it. */
const TERM_DAYS_MAX = 90
const MS_A_DAY = 86_400_000

/** What a supervisor asks his leader to let him issue, as data; what it says in words is the request's reason. */
export type UrgeDeed = {
  readonly command: 'urge'
  /** The supervising unit: its register keeps the notice. */
  readonly from: string
  /** `case/<number>`, `item/<code>` or `clock/<uuid>`. */
  readonly about: string
  /** The department that answers. */
  readonly unit: string
  /** Who of it answers; null: its heads. */
  readonly person: string | null
  readonly reason: UrgingReason
  readonly method: UrgingMethod
  readonly dueAt: string
}

/** The facts of a notice, all in the register of the unit that supervises. */
export type UrgingFacts = {
  /** `urging/<uuid>`: a leader let it be issued; it is addressed from now on. */
  'urging.issued': Omit<UrgeDeed, 'command'> & {
    readonly approval: string
    readonly supervisor: string
    readonly year: number
    readonly serial: number
    /** What is to be done, in words. */
    readonly text: Sealed
  }
  /** `urging/<uuid>`: the addressee answered. */
  'urging.answered': { readonly text: Sealed }
  /** `urging/<uuid>`: a supervisor took the answer for enough. */
  'urging.accepted': { readonly text: Sealed | null }
  /** `urging/<uuid>`: the answer is not enough; another is due then. */
  'urging.sent-back': {
    readonly text: Sealed
    readonly dueAt: string
    readonly unit: string
    readonly person: string | null
  }
  /** `urging/<uuid>`: the supervisor takes it back. */
  'urging.withdrawn': { readonly text: Sealed }
}

/** An answer, and what became of it. */
export type UrgingAnswer = {
  readonly by: string
  readonly at: string
  readonly text: Sealed
  readonly judged: {
    readonly accepted: boolean
    readonly by: string
    readonly at: string
    readonly text: Sealed | null
  } | null
}

/** 督办通知: what the facts of one add up to. */
export type Urging = Omit<UrgingFacts['urging.issued'], 'from'> & {
  readonly id: string
  readonly from: string
  readonly register: string
  readonly approver: string
  readonly issuedAt: string
  readonly status: UrgingState
  readonly answers: readonly UrgingAnswer[]
  readonly withdrawn: { readonly by: string; readonly at: string; readonly text: Sealed } | null
}

type UrgingFact = {
  [T in keyof UrgingFacts]: Omit<Fact, 'type' | 'body'> & {
    readonly type: T
    readonly body: UrgingFacts[T] & { readonly subject: string }
  }
}[keyof UrgingFacts]

/** What one more fact makes of a notice; null until it is issued. A verdict falls on the last answer, and sending back sets a new due time. */
export function evolveUrging(urging: Urging | null, raw: Fact): Urging | null {
  const fact = raw as unknown as UrgingFact
  if (fact.type === 'urging.issued') {
    const { subject, from, about, unit, person, reason, method, dueAt, approval, supervisor, year, serial, text } =
      fact.body
    return {
      ...{ from, about, unit, person, reason, method, dueAt, approval, supervisor, year, serial, text },
      ...{ id: subject.slice('urging/'.length), register: fact.register, approver: fact.actor, issuedAt: fact.at },
      ...{ status: 'issued', answers: [], withdrawn: null },
    }
  }
  if (urging === null) return null
  const judge = (accepted: boolean, text: Sealed | null): readonly UrgingAnswer[] =>
    urging.answers.map((one, index) =>
      index === urging.answers.length - 1 ? { ...one, judged: { accepted, by: fact.actor, at: fact.at, text } } : one,
    )
  switch (fact.type) {
    case 'urging.answered': {
      const answer = { by: fact.actor, at: fact.at, text: fact.body.text, judged: null }
      return { ...urging, status: 'answered', answers: [...urging.answers, answer] }
    }
    case 'urging.accepted':
      return { ...urging, status: 'accepted', answers: judge(true, fact.body.text) }
    case 'urging.sent-back':
      return { ...urging, status: 'issued', dueAt: fact.body.dueAt, answers: judge(false, fact.body.text) }
    case 'urging.withdrawn':
      return { ...urging, status: 'withdrawn', withdrawn: { by: fact.actor, at: fact.at, text: fact.body.text } }
    default:
      return urging
  }
}

/** `督〔2026〕3号`: counted by the supervising unit, from one each year. */
export function numberOf({ year, serial }: Pick<Urging, 'year' | 'serial'>): string {
  return `督〔${year}〕${serial}号`
}

/** The register of the unit that supervises. */
export function urgingRegister(from: string): string {
  return `unit.${from}`
}

/** What asking for a notice, and granting it, look at. */
export interface UrgeState {
  /** Departments that the matter concerns; null where nobody knows such a matter. */
  readonly concerned: readonly string[] | null
  /** 依法例外: it is about a deadline that stands still, because what it waits for may lawfully stay open. */
  readonly excepted: boolean
  /** Who may be addressed: holds a post in the department, or in a store that it keeps, at this moment. */
  readonly staff: ReadonlySet<string>
  readonly nextSerial: number
}

/**
 * A supervisor asks for a notice; his own leader decides (rules.md W-05).
 * @throws Refusal `urging.not-supervisor`, `urging.unknown-matter`, `urging.lawful-exception`, `urging.not-concerned`, `urging.not-there`, `urging.term`
 */
export function askUrging(
  state: UrgeState,
  deed: UrgeDeed,
  { actor, at }: Circumstances,
): { unit: string; register: string } {
  if (!holds(actor, 'supervisor') || actor.unit !== deed.from)
    throw new Refusal('urging.not-supervisor', { unit: deed.from })
  mustBeRight(state, deed, at)
  return { unit: deed.from, register: urgingRegister(deed.from) }
}

/**
 * Granted, it is issued. Nobody lets a notice go out that he would answer himself.
 * @throws Refusal `urging.addressee-decides`, and what stands against it by now
 */
export function issueUrging(
  state: UrgeState,
  { command: _, ...deed }: UrgeDeed,
  {
    approval,
    requester,
    reason: text,
  }: { readonly approval: string; readonly requester: string; readonly reason: Sealed },
  { actor, at, mint }: Circumstances,
): FactDraft[] {
  mustBeRight(state, deed, at)
  if (state.staff.has(actor.person)) throw new Refusal('urging.addressee-decides')
  const body: UrgingFacts['urging.issued'] = {
    ...{ ...deed, approval, supervisor: requester, text },
    ...{ year: yearAtHome(at), serial: state.nextSerial },
  }
  return [
    {
      register: urgingRegister(deed.from),
      type: 'urging.issued',
      subject: `urging/${mint.id()}`,
      body: { v: 1, ...body },
    },
  ]
}

function mustBeRight(
  { concerned, excepted, staff }: UrgeState,
  { about, unit, person, dueAt }: Omit<UrgeDeed, 'command'>,
  at: string,
): void {
  if (concerned === null) throw new Refusal('urging.unknown-matter', { about })
  // Nobody is behind with what is not counted; what else there is to urge is about the case or the item.
  if (excepted) throw new Refusal('urging.lawful-exception')
  if (!concerned.includes(unit)) throw new Refusal('urging.not-concerned', { unit })
  if (person !== null && !staff.has(person)) throw new Refusal('urging.not-there', { person, unit })
  mustBeInTime(dueAt, at)
}

function mustBeInTime(dueAt: string, at: string): void {
  const ahead_ms = Date.parse(dueAt) - Date.parse(at)
  if (ahead_ms <= 0 || ahead_ms > TERM_DAYS_MAX * MS_A_DAY) throw new Refusal('urging.term', { days: TERM_DAYS_MAX })
}

/** The zone of the organisation decides which year a number counts in. */
const AT_HOME = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', year: 'numeric' })

/** The year in Asia/Shanghai, where the new one begins eight hours before it does in UTC. */
export function yearAtHome(at: string): number {
  return Number(AT_HOME.format(Date.parse(at)))
}

export type UrgingCommand =
  | { readonly type: 'urging.answer'; readonly urging: string; readonly text: string }
  | { readonly type: 'urging.accept'; readonly urging: string; readonly text?: string }
  | { readonly type: 'urging.send-back'; readonly urging: string; readonly text: string; readonly dueAt: string }
  | { readonly type: 'urging.withdraw'; readonly urging: string; readonly text: string }

/** Who heads a department and answers for it. */
const HEADS: readonly Post[] = ['manager', 'approver']

/** The addressee himself, or who heads the department that is addressed. */
export function mayAnswer({ unit, person, status }: Pick<Urging, 'unit' | 'person' | 'status'>, actor: Actor): boolean {
  return status === 'issued' && isAddressed({ unit, person }, actor)
}

/** Whom a notice is addressed to. */
export function isAddressed({ unit, person }: Pick<Urging, 'unit' | 'person'>, actor: Actor): boolean {
  return person === actor.person || actor.appointments.some(({ post, place }) => HEADS.includes(post) && place === unit)
}

/** A supervisor who did not write the answer. */
export function mayJudge({ status, answers }: Pick<Urging, 'status' | 'answers'>, actor: Actor): boolean {
  return status === 'answered' && holds(actor, 'supervisor') && answers.at(-1)?.by !== actor.person
}

/** A supervisor, while it is not settled. */
export function mayWithdraw({ status }: Pick<Urging, 'status'>, actor: Actor): boolean {
  return (status === 'issued' || status === 'answered') && holds(actor, 'supervisor')
}

/**
 * What becomes of a notice: answered, taken for enough, sent back with a new term, or taken back.
 * @throws Refusal `urging.unknown`, `urging.not-addressed`, `urging.not-so`, `urging.term`
 */
export function decideUrging(
  urging: Urging | null,
  command: UrgingCommand,
  { actor, at, mint }: Circumstances,
): Decision {
  if (urging === null) throw new Refusal('urging.unknown', { urging: command.urging })
  const one = <T extends keyof UrgingFacts>(type: T, body: UrgingFacts[T]): Decision => ({
    facts: [{ register: urging.register, type, subject: `urging/${urging.id}`, body: { v: 1, ...body } }],
  })
  const mustBe = (possible: boolean): void => {
    const { zh, en } = urgingStateWords[urging.status]
    if (!possible) throw new Refusal('urging.not-so', { state: zh, stateEn: en })
  }
  switch (command.type) {
    case 'urging.answer':
      if (!isAddressed(urging, actor)) throw new Refusal('urging.unknown', { urging: command.urging })
      mustBe(mayAnswer(urging, actor))
      return one('urging.answered', { text: mint.seal(command.text) })
    case 'urging.accept':
      mustBe(mayJudge(urging, actor))
      return one('urging.accepted', { text: command.text === undefined ? null : mint.seal(command.text) })
    case 'urging.send-back': {
      mustBe(mayJudge(urging, actor))
      mustBeInTime(command.dueAt, at)
      const { unit, person } = urging
      return one('urging.sent-back', { text: mint.seal(command.text), dueAt: command.dueAt, unit, person })
    }
    case 'urging.withdraw':
      mustBe(mayWithdraw(urging, actor))
      return one('urging.withdrawn', { text: mint.seal(command.text) })
  }
}

function holds({ appointments }: Actor, wanted: Post): boolean {
  return appointments.some(({ post }) => post === wanted)
}

export const urgingStateWords = {
  issued: { zh: '待回复', en: 'to be answered' },
  answered: { zh: '已回复，待审核', en: 'answered, to be judged' },
  accepted: { zh: '已办结', en: 'settled' },
  withdrawn: { zh: '已撤回', en: 'withdrawn' },
} as const satisfies Record<UrgingState, Words>
