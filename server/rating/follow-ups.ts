import { type Actor, type Circumstances, type Decision, type Fact, type Sealed, SYSTEM } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { type AppealGround, draft, type RatingFact, ratingFact } from './rating.ts'
import type { AskAnswer, AssignFollowUp, FollowUpStep, OpenContact } from './schemas.ts'

/** 立行立改, 限期整改, 解释说明 (rules 7.4). */
const SETTLEMENTS = ['rectified', 'by-date', 'explained'] as const
export type Settlement = (typeof SETTLEMENTS)[number]

/**
 * 待核实 → 已派单 → 回访核实 → 立行立改、限期整改、解释说明，or 申诉复核 → 已反馈 → 办结 (rules 7.4). At a counter nobody is called back and nobody is fed back to:
 * 待核实 → 已派单 → 已核实 → 立行立改、限期整改、解释说明，or 申诉复核 → 办结.
 */
export const FOLLOW_UP_STATUSES = [
  ...(['new', 'assigned', 'called', 'verified', 'settled', 'appealed', 'fed-back', 'closed'] as const),
] as const
export type FollowUpStatus = (typeof FOLLOW_UP_STATUSES)[number]

export interface FollowUpNote {
  readonly step: string
  readonly by: string
  readonly at: string
  readonly note: Sealed
  /** Of an appeal: on what ground, and what proves it; absent of one that was made before they were asked. */
  readonly ground?: AppealGround
  readonly evidence?: Sealed
}

/**
 * Somebody who was served wants an answer: what he voted is not known here, his contact was sealed apart from his ballot. Or a counted batch held bad
 * votes, and its counter is looked into: then `batch` says which figures, and there is nobody to reach.
 */
export interface FollowUp {
  readonly id: string
  readonly hall: string
  readonly counter: string
  /** Whose service it was; never who handles it. */
  readonly clerk: string
  readonly askedAt: string
  readonly contact: Sealed | null
  readonly words: Sealed | null
  /** Of a counter; absent where a rater wants an answer. */
  readonly batch?: {
    readonly day: string
    readonly rule: string
    readonly version: number
    readonly bad: number
    readonly counted: number
  }
  readonly status: FollowUpStatus
  readonly handler: string | null
  /** Whether the rater was reached (回访). */
  readonly reached: boolean | null
  readonly settlement: Settlement | null
  /** What the reviewer said of the clerk's appeal. */
  readonly excluded: boolean
  /** The vote on the answer that the rater was offered; absent as long as nobody asked him. */
  readonly fix?: { readonly group: string; readonly expiresAt: string }
  /** What was said at each step, the latest last. */
  readonly notes: readonly FollowUpNote[]
}

function appealNoted({ actor, at, body }: Extract<RatingFact, { type: 'rating.follow-up-appealed' }>): FollowUpNote {
  const { note, ground, evidence } = body
  return {
    ...{ step: 'appeal', by: actor, at, note },
    ...(ground === undefined ? {} : { ground }),
    ...(evidence === undefined ? {} : { evidence }),
  }
}

/** Where an appeal that was not upheld leaves it. */
function statusBefore({ batch, notes }: FollowUp): FollowUpStatus {
  if (batch === undefined) return 'called'
  return notes.some(({ step: taken }) => taken === 'verify') ? 'verified' : 'assigned'
}

/**
 * What one more fact makes of a follow-up, asked for by a rater or opened for a counter's batch; the two go on from different steps after a
 * return or an appeal. Notes are only ever added.
 */
export function evolveFollowUp(one: FollowUp | null, raw: Fact): FollowUp | null {
  const fact = ratingFact(raw)
  if (fact.type === 'rating.answer-asked') {
    const { subject, hall, counter, clerk, contact, words } = fact.body
    return {
      ...{ id: subject.slice('follow-up/'.length), hall, counter, clerk, askedAt: fact.at, contact, words },
      ...{ status: 'new', handler: null, reached: null, settlement: null, excluded: false, notes: [] },
    }
  }
  if (fact.type === 'rating.counter-follow-up-opened') {
    const { subject, hall, counter, clerk, day, rule, version, bad, counted } = fact.body
    return {
      ...{ id: subject.slice('follow-up/'.length), hall, counter, clerk, askedAt: fact.at, contact: null, words: null },
      batch: { day, rule, version, bad, counted },
      ...{ status: 'new', handler: null, reached: null, settlement: null, excluded: false, notes: [] },
    }
  }
  if (one === null) return null
  const noted = (step: string, note: Sealed): Pick<FollowUp, 'notes'> => ({
    notes: [...one.notes, { step, by: fact.actor, at: fact.at, note }],
  })
  switch (fact.type) {
    case 'rating.follow-up-assigned':
      return { ...one, status: 'assigned', handler: fact.body.handler }
    case 'rating.follow-up-called':
      return { ...one, status: 'called', reached: fact.body.reached, ...noted('call', fact.body.note) }
    case 'rating.follow-up-verified':
      return { ...one, status: 'verified', ...noted('verify', fact.body.note) }
    case 'rating.follow-up-settled':
      return { ...one, status: 'settled', settlement: fact.body.how, ...noted('settle', fact.body.note) }
    case 'rating.follow-up-appealed':
      return { ...one, status: 'appealed', notes: [...one.notes, appealNoted(fact)] }
    case 'rating.follow-up-reviewed': {
      const { upheld, note } = fact.body
      return { ...one, status: upheld ? 'settled' : statusBefore(one), excluded: upheld, ...noted('review', note) }
    }
    case 'rating.follow-up-fed-back':
      return { ...one, status: 'fed-back', ...noted('feed-back', fact.body.note) }
    case 'rating.follow-up-returned':
      return {
        ...one,
        ...{ status: one.batch === undefined ? 'called' : 'verified', settlement: null },
        ...noted('return', fact.body.note),
      }
    case 'rating.follow-up-closed':
      return { ...one, status: 'closed' }
    case 'rating.fix-asked':
      return { ...one, fix: { group: fact.body.group, expiresAt: fact.body.expiresAt } }
    default:
      return one
  }
}

export interface AskAnswerState {
  /** The service whose token came with it; null where it was offered no vote. */
  readonly service: {
    readonly hall: string
    readonly counter: string
    readonly clerk: string
    readonly until: string
    /** As the version says that its vote is about. */
    readonly asksContact: boolean
  } | null
  readonly there: boolean
}

/**
 * A rater leaves how to reach him: a follow-up at once, once a service (rules K-02), as long as its vote may be cast.
 * @throws Refusal `rating.wrong-token`, `rating.no-contact-asked`, `rating.vote-over`, `rating.answer-asked`
 */
export function askAnswer(
  { service, there }: AskAnswerState,
  command: AskAnswer,
  { at, mint }: Circumstances,
): Decision {
  if (service === null) throw new Refusal('rating.wrong-token')
  if (!service.asksContact) throw new Refusal('rating.no-contact-asked')
  if (service.until <= at) throw new Refusal('rating.vote-over')
  if (there) throw new Refusal('rating.answer-asked')
  const { hall, counter, clerk } = service
  const [contact, words] = [mint.seal(command.contact), mint.seal(command.words)]
  return {
    facts: [
      draft(hall, 'rating.answer-asked', `follow-up/${command.service}`, { hall, counter, clerk, contact, words }),
    ],
  }
}

export interface FollowUpState {
  readonly followUp: FollowUp | null
  /** Posts that the rated clerk holds now: who works below him is not to judge him. */
  readonly clerkHeads: readonly string[]
  /** Of an assignment: who is to handle it, as he stands now. */
  readonly handler: Actor | null
}

/** @throws Refusal `rating.unknown-follow-up`, also for who has nothing to do with the hall */
function found({ followUp }: FollowUpState, id: string): FollowUp {
  if (followUp === null) throw new Refusal('rating.unknown-follow-up', { followUp: id })
  return followUp
}

/** The head of this hall. */
export function heads(actor: Actor, hall: string): boolean {
  return actor.appointments.some(({ post, place }) => post === 'manager' && place === hall)
}

/** A supervisor of whatever place: it is the supervising body as a whole that looks at answers. */
export function supervises(actor: Actor): boolean {
  return actor.appointments.some(({ post }) => post === 'supervisor')
}

/**
 * Who may see it: the head of the hall, its handler, supervisors; and without contact and words the rated clerk, once it is in somebody's hands: while
 * it is new, the rater may still stand before him.
 */
export function maySee(one: FollowUp, actor: Actor): boolean {
  const rated = one.clerk === actor.person && one.status !== 'new'
  return heads(actor, one.hall) || supervises(actor) || one.handler === actor.person || rated
}

/** @throws Refusal `rating.follow-up-elsewhere` */
export function mustBe(one: FollowUp, ...statuses: readonly FollowUpStatus[]): void {
  if (!statuses.includes(one.status)) throw new Refusal('rating.follow-up-elsewhere', { status: one.status })
}

/**
 * The head of the hall, or a supervisor, names who handles it: never the rated clerk, nor who reports to him (R17).
 * @throws Refusal `rating.unknown-follow-up`, `rating.follow-up-elsewhere`, `rating.handler-rated`, `rating.handler-unfit`
 */
export function assign(state: FollowUpState, command: AssignFollowUp, { actor }: Circumstances): Decision {
  const one = found(state, command.followUp)
  if (!maySee(one, actor)) throw new Refusal('rating.unknown-follow-up', { followUp: one.id })
  if (one.clerk === actor.person || !(heads(actor, one.hall) || supervises(actor)))
    throw new Refusal('rating.handler-rated')
  mustBe(one, 'new', 'assigned')
  const { handler } = state
  if (handler === null || handler.appointments.length === 0)
    throw new Refusal('rating.handler-unfit', { person: command.handler })
  const below = handler.appointments.some(({ place }) => state.clerkHeads.includes(place))
  if (handler.person === one.clerk || below) throw new Refusal('rating.handler-rated')
  const body = { handler: handler.person }
  return { facts: [draft(one.hall, 'rating.follow-up-assigned', `follow-up/${one.id}`, body)] }
}

/** @throws Refusal `rating.nobody-to-call` where a counter is looked into: whoever voted there left nothing to reach him by */
export function mustHaveRater({ batch }: FollowUp): void {
  if (batch !== undefined) throw new Refusal('rating.nobody-to-call')
}

/**
 * One step of the work: the handler calls back, or verifies what is at a counter, settles and feeds back; the rated clerk appeals; a supervisor
 * reviews; somebody else than the handler closes it or sends it back to be settled anew; where a rater waits, what was never called back is not closed
 * (K-07).
 * @throws Refusal `rating.unknown-follow-up`, `rating.follow-up-elsewhere`, `rating.not-handler`, `rating.not-called-back`,
 * `rating.nobody-to-call`, `rating.not-rated-clerk`, `rating.not-reviewer`, `rating.closer-handled`,
 * `rating.follow-up-excluded`
 */
export function step(state: FollowUpState, command: FollowUpStep, { actor, mint }: Circumstances): Decision {
  const one = found(state, command.followUp)
  if (!maySee(one, actor)) throw new Refusal('rating.unknown-follow-up', { followUp: one.id })
  const subject = `follow-up/${one.id}`
  const { hall } = one
  const mustHandle = (): void => {
    if (one.handler !== actor.person) throw new Refusal('rating.not-handler')
  }
  switch (command.step) {
    case 'call':
      mustHandle()
      mustHaveRater(one)
      // An appeal that was upheld before anybody called leaves the call to be made.
      if (one.reached === null) mustBe(one, 'assigned', 'settled')
      else mustBe(one, 'called')
      return {
        facts: [
          draft(hall, 'rating.follow-up-called', subject, { reached: command.reached, note: mint.seal(command.note) }),
        ],
      }
    case 'verify':
      mustHandle()
      if (one.batch === undefined) throw new Refusal('rating.not-called-back')
      mustBe(one, 'assigned')
      return { facts: [draft(hall, 'rating.follow-up-verified', subject, { note: mint.seal(command.note) })] }
    case 'settle':
      mustHandle()
      mustBe(one, one.batch === undefined ? 'called' : 'verified')
      return {
        facts: [draft(hall, 'rating.follow-up-settled', subject, { how: command.how, note: mint.seal(command.note) })],
      }
    case 'appeal':
      if (one.clerk !== actor.person) throw new Refusal('rating.not-rated-clerk')
      mustBe(one, 'assigned', 'called', 'verified')
      return {
        facts: [
          draft(hall, 'rating.follow-up-appealed', subject, {
            note: mint.seal(command.note),
            ...{ ground: command.ground, evidence: mint.seal(command.evidence) },
          }),
        ],
      }
    case 'review':
      if (!supervises(actor) || actor.person === one.handler || actor.person === one.clerk)
        throw new Refusal('rating.not-reviewer')
      mustBe(one, 'appealed')
      return {
        facts: [
          draft(hall, 'rating.follow-up-reviewed', subject, { upheld: command.upheld, note: mint.seal(command.note) }),
        ],
      }
    case 'feed-back':
      mustHandle()
      mustHaveRater(one)
      mustBe(one, 'settled')
      if (one.reached === null) throw new Refusal('rating.not-called-back')
      return { facts: [draft(hall, 'rating.follow-up-fed-back', subject, { note: mint.seal(command.note) })] }
    case 'return':
    case 'close':
      if (actor.person === one.handler || actor.person === one.clerk || !(heads(actor, hall) || supervises(actor)))
        throw new Refusal('rating.closer-handled')
      mustBe(one, one.batch === undefined ? 'fed-back' : 'settled')
      if (command.step === 'close') return { facts: [draft(hall, 'rating.follow-up-closed', subject, {})] }
      // What a supervisor has decided of the clerk's appeal stands.
      if (one.excluded) throw new Refusal('rating.follow-up-excluded')
      return { facts: [draft(hall, 'rating.follow-up-returned', subject, { note: mint.seal(command.note) })] }
  }
}

/**
 * The handler opens the contact and says why; that he did stands in the register (R12).
 * @throws Refusal `rating.unknown-follow-up`, `rating.not-handler`, `rating.nobody-to-call`
 */
export function openContact(state: FollowUpState, command: OpenContact, { actor, mint }: Circumstances): Decision {
  const one = found(state, command.followUp)
  if (!maySee(one, actor)) throw new Refusal('rating.unknown-follow-up', { followUp: one.id })
  if (one.handler !== actor.person || actor.person === SYSTEM) throw new Refusal('rating.not-handler')
  mustHaveRater(one)
  const body = { reason: mint.seal(command.reason) }
  return { facts: [draft(one.hall, 'rating.contact-opened', `follow-up/${one.id}`, body)] }
}
