/** A request to an approver as a person reads it. */

import type { Named, ShownApproval, TermAsked } from '../../server/approvals/protocol.ts'
import type { InterimCause } from '../../server/clock/protocol.ts'
import type { ItemCard, ShownLoan } from '../../server/custody/protocol.ts'
import type { ShownUrging, UrgeDeed } from '../../server/urging/protocol.ts'
import { sayMatter } from '../screens/deadlines/say.ts'
import { pathOfMatter, sayAbout } from '../screens/urgings/urging.ts'
import type { PlainKey } from '../words/keys.ts'
import { formatYuan } from '../format.ts'
import { pathTo } from '../router.ts'
import { pick, t } from '../words/words.svelte.ts'
import { directory } from './directory.svelte.ts'
import { codesOfDeed } from './find.ts'
import { options } from './options.svelte.ts'
import { sayAside, sayBasis, sayDue, sayMinute, sayOf } from './say.ts'

export interface RequestShown {
  readonly title: string
  /** The same without a count, for a line about one item. */
  readonly brief: string
  readonly codes: readonly string[]
  readonly purpose: string | null
  readonly dueAt: string | null
  /** What else is asked, by its term. */
  readonly further: readonly { readonly term: string; readonly value: string }[]
  /** The document that it rests on. */
  readonly document: string | null
  /** The page of what it is about, where that is no item. */
  readonly path: string | null
}

/** What may be asked for, by its command. */
const TITLES = {
  'extend-loan': 'deadlines.ask-extend-loan',
  'extend-deadline': 'deadlines.ask-extend-deadline',
  'shorten-deadline': 'deadlines.ask-shorten-deadline',
  'pause-deadline': 'deadlines.ask-pause-deadline',
  'resume-deadline': 'deadlines.ask-resume-deadline',
  'end-deadline': 'deadlines.ask-end-deadline',
  'keep-open': 'ask.keep-open',
  'reopen-case': 'ask.reopen-case',
  'merge-cases': 'ask.merge-cases',
  'split-case': 'ask.split-case',
  urge: 'urging.one',
  'take-measure': 'ask.take-measure',
  'confirm-measure': 'ask.confirm-measure',
  'convert-surrender': 'ask.convert-surrender',
  'allow-unfilmed': 'ask.allow-unfilmed',
  'write-off-recourse': 'ask.write-off-recourse',
} as const satisfies Readonly<Record<string, PlainKey>>

/** Everything that may be asked for, by its command, as a choice says it. */
export function requestKinds(): readonly { readonly value: string; readonly label: string }[] {
  const said = (Object.keys(TITLES) as (keyof typeof TITLES)[]).map((value) => ({ value, label: t(TITLES[value]) }))
  return [
    { value: 'borrow', label: t('approval.borrow-brief') },
    { value: 'review-disposal', label: t('copies.kind-review-disposal') },
    { value: 'approve-disposal', label: t('copies.kind-approve-disposal') },
    ...said,
  ]
}

export function requestShown({
  deed,
  term,
  state,
  matter = [],
}: Pick<ShownApproval, 'deed'> & Partial<Pick<ShownApproval, 'term' | 'state' | 'matter'>>): RequestShown {
  const {
    command,
    items,
    purpose,
    dueAt,
    document,
    clock,
    disposal,
    way,
    case: number,
    into,
    kind,
    container,
    amount_fen,
  } = deed as Readonly<Record<string, unknown>> & {
    readonly command: string
  }
  const codes = term ? term.items : codesOfDeed(items)
  return {
    title: titleOf(command, codes.length, way),
    brief: command === 'borrow' ? t('approval.borrow-brief') : titleOf(command, 1, way),
    codes,
    purpose: typeof purpose === 'string' ? t(`purpose.${purpose as ShownLoan['purpose']['value']}`) : null,
    dueAt: typeof dueAt === 'string' && command !== 'urge' ? dueAt : null,
    further:
      command === 'urge'
        ? furtherOfUrging(deed as unknown as UrgeDeed)
        : [
            ...(term ? furtherOfRule(term, state === 'asked') : []),
            ...matter.map((one) => ({ term: pick(one.term), value: pick(one.value) })),
            ...furtherOfTerm(deed),
            ...furtherOfMeasure(number, kind),
            ...furtherOfPassing(codes, number, into),
            ...(typeof amount_fen === 'number' ? [{ term: t('recourse.amount'), value: formatYuan(amount_fen) }] : []),
            ...(typeof container === 'string'
              ? [{ term: t('loan.how'), value: t('loan.how-box', { box: container }) }]
              : []),
          ],
    document: typeof document === 'string' ? document : null,
    path: command === 'urge' ? pathOfMatter(matterOf(deed as unknown as UrgeDeed)) : pathOf(clock, disposal, number),
  }
}

function matterOf({ about }: UrgeDeed): ShownUrging['about'] {
  const slash = about.indexOf('/')
  return { kind: about.slice(0, slash) as ShownUrging['about']['kind'], id: about.slice(slash + 1) }
}

/** Which measure is asked for, and in which case. */
function furtherOfMeasure(number: unknown, kind: unknown): RequestShown['further'] {
  if (typeof kind !== 'string') return []
  return [
    ...(typeof number === 'string' ? [{ term: t('item.case'), value: number }] : []),
    { term: t('register.measure'), value: t(`measure.${kind as ItemCard['measureStatus']['value']}`) },
  ]
}

/** Which term it is over, of what, until when, and until when once it is agreed to; a request that is decided moves nothing any more. */
function furtherOfRule(term: TermAsked, waits: boolean): RequestShown['further'] {
  const { rule, title, basis, matter, dueAt, wouldBeDueAt } = term
  return [
    { term: t('deadlines.term'), value: `${rule} ${pick(title)}` },
    { term: t('deadlines.basis'), value: sayBasis(basis) },
    matter.kind === 'case'
      ? { term: t('item.case'), value: matter.id }
      : { term: t('deadlines.matter'), value: sayMatter({ matter }) },
    ...(waits ? [{ term: t('deadlines.due'), value: sayDue(dueAt) }] : []),
    ...(wouldBeDueAt === null ? [] : [{ term: t('deadlines.due-granted'), value: sayDue(wouldBeDueAt) }]),
  ]
}

/** Why and until when goods lie with the department still, or by which earlier day a term ends. */
function furtherOfTerm(deed: Readonly<Record<string, unknown>>): RequestShown['further'] {
  const { cause, reviewOn, until, ground, wantedOn, begins, ends, endedOn } = deed
  const kept = options.body?.keptOpen.find(({ value }) => value === ground)
  return [
    ...(typeof cause === 'string'
      ? [{ term: t('deadlines.cause'), value: t(`deadlines.cause-${cause as InterimCause}`) }]
      : []),
    ...(typeof reviewOn === 'string' ? [{ term: t('deadlines.review-on'), value: reviewOn }] : []),
    ...(typeof begins === 'string' ? [{ term: t('deadlines.appraisal-begins'), value: begins }] : []),
    ...(typeof ends === 'string' ? [{ term: t('deadlines.appraisal-ends'), value: ends }] : []),
    ...(typeof endedOn === 'string' ? [{ term: t('deadlines.appraisal-ended'), value: endedOn }] : []),
    ...(kept === undefined ? [] : [{ term: t('gate.ground'), value: pick(kept.words) }]),
    ...(typeof wantedOn === 'string' ? [{ term: t('gate.wanted-on'), value: wantedOn }] : []),
    ...(typeof until === 'string' ? [{ term: t('deadlines.shorter-day'), value: until }] : []),
  ]
}

/** From which case into which; of chosen items their own case is told already. */
function furtherOfPassing(codes: readonly string[], number: unknown, into: unknown): RequestShown['further'] {
  if (typeof number !== 'string' || typeof into !== 'string') return []
  return [...(codes.length > 0 ? [] : [{ term: t('item.case'), value: number }]), { term: t('pass.into'), value: into }]
}

function furtherOfUrging(deed: UrgeDeed): RequestShown['further'] {
  const { unit, person, reason, method, dueAt } = deed
  return [
    { term: t('urging.about'), value: sayAbout(matterOf(deed)) },
    { term: t('urging.unit'), value: directory.nameOf(`unit/${unit}`) },
    {
      term: t('urging.person'),
      value: person === null ? t('urging.person-none') : directory.nameOf(`person/${person}`),
    },
    { term: t('urging.reason'), value: t(`urging.reason-${reason}`) },
    { term: t('urging.method'), value: t(`urging.method-${method}`) },
    { term: t('urging.due'), value: sayDue(dueAt) },
  ]
}

/** The page on which the whole of it can be read. */
function pathOf(clock: unknown, disposal: unknown, number: unknown): string | null {
  if (typeof clock === 'string') return `/deadlines?${new URLSearchParams({ deadline: clock }).toString()}`
  if (typeof disposal === 'string') return pathTo('/desk/disposals/:code', { code: disposal })
  return typeof number === 'string' ? pathTo('/desk/cases/:number', { number }) : null
}

function titleOf(command: string, count: number, way: unknown): string {
  if (command === 'borrow') return t('approval.borrow', { count })
  if (command === 'review-disposal' || command === 'approve-disposal') return t(`ask.${command}`, { way: wayOf(way) })
  return Object.hasOwn(TITLES, command) ? t(TITLES[command as keyof typeof TITLES]) : t('approval.other', { command })
}

function wayOf(way: unknown): string {
  const known = options.body?.disposals.find(({ value }) => value === way)
  return known === undefined ? String(way) : pick(known.words)
}

/** Who decided, and in whose place. */
export function sayDecider(by: Named, standsFor: Named | null): string {
  return standsFor === null ? by.name : sayAside(by.name, t('approval.stands-for', { name: standsFor.name }))
}

/** Who proposed what this is a step of, and what was said of it before: who asks for a further step is not who wants it. */
export function stepsShown({ before }: Pick<ShownApproval, 'before'>): RequestShown['further'] {
  if (before === null) return []
  return before.agreed.map(({ step, by, at, opinion }) => ({
    term: pick(step),
    value: opinion === null ? t('disposal.agreed', { name: by.name, at: sayMinute(at) }) : agreedWith(by, at, opinion),
  }))
}

function agreedWith(by: Named, at: string, opinion: string): string {
  return sayOf(t('disposal.agreed', { name: by.name, at: sayMinute(at) }), opinion)
}

/** The levels that a request takes, each with who agreed; nothing where one approver is enough. */
export function levelsShown({ levels }: Pick<ShownApproval, 'levels'>): RequestShown['further'] {
  return levels.map(({ level, by, standsFor, at }) => ({
    term: t(`approval.level-${level}`),
    value:
      by === null || at === null
        ? t('approval.level-waits')
        : t('approval.level-agreed', { name: sayDecider(by, standsFor), at: sayMinute(at) }),
  }))
}
