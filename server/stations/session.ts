import type { BadgeHolder, Scanned } from './identify.ts'
import type { ProcedureInput } from './procedure.ts'
import type { AskKind, CommandWord, PersonView, StationKind, Verdict } from './protocol.ts'
import { accepted, asked, refused, type Say, verdictOf } from './say.ts'

/** A bench locks when nobody scanned or pressed anything for this long. */
export const LOCK_MS = 120_000
/** A PIN opens a shift of this length; within it the badge alone resumes, when a reader of the station reads it. */
export const SHIFT_MS = 8 * 3_600_000
/** Unfinished work is kept for its custodian this long; then another may take the station over. */
export const TAKEOVER_MS = 30 * 60_000
/** Older than this when its turn comes, a scan is refused: whoever made it has long looked elsewhere. */
export const STALE_MS = 5_000
/** The same code again within this time is the trigger, not the hand. */
export const DOUBLE_SCAN_MS = 1_000
/** How a screen is named as the maker of an input; no device's id holds a colon. */
const SCREEN = 'screen:'
/** Clocks of an agent or browser may run ahead of ours by this much. */
const AHEAD_MS = 2_000

export function byScreen(screen: string): string {
  return `${SCREEN}${screen}`
}

/** Whether an input came from a screen, where a badge's number can be typed by who has no badge. */
export function isByScreen(by: string): boolean {
  return by.startsWith(SCREEN)
}

export interface Work {
  /** Which module's procedures, in which version of its state. */
  readonly module: string
  readonly version: number
  readonly state: unknown
}

/** What a station is in the middle of. Plain JSON; never a PIN. */
export interface Session {
  readonly v: 1
  /** Grows whenever something else is asked. */
  readonly step: number
  readonly stepAt: string
  /** The device or screen whose input began this step; empty when time did. */
  readonly stepBy: string
  readonly custodian: (PersonView & { readonly signedAt: string }) | null
  readonly locked: boolean
  /** Whose PIN is asked: to open or resume a shift, or as the second signature of the work. */
  readonly signing: (PersonView & { readonly badge: string; readonly purpose: 'shift' | 'second' }) | null
  /** The last time a person did anything here. */
  readonly seenAt: string
  readonly work: Work | null
  /** The work as it was before the last thing a person did; what UNDO goes back to. */
  readonly before: { readonly work: Work | null } | null
  /** The last code or badge that was shown here, and the step that came of it. */
  readonly lastShown: { readonly text: string; readonly at: string; readonly step: number } | null
  readonly verdict: Verdict | null
}

export function newSession(at: string): Session {
  return {
    v: 1,
    step: 1,
    stepAt: at,
    stepBy: '',
    custodian: null,
    locked: true,
    signing: null,
    seenAt: at,
    work: null,
    before: null,
    lastShown: null,
    verdict: null,
  }
}

/** Where the station stands and what it is for. */
export interface StationPlace {
  readonly id: string
  readonly kind: StationKind
  readonly place: string
}

export type SessionEvent =
  | { readonly kind: 'scan'; readonly scanned: Scanned }
  | { readonly kind: 'unknown-badge' }
  /** The PIN that was asked for is right; `holder` is whose badge it goes with, as of now. */
  | { readonly kind: 'signed'; readonly holder: BadgeHolder }
  | { readonly kind: 'command'; readonly word: CommandWord }
  | { readonly kind: 'choose'; readonly option: string; readonly text: string | null }
  | { readonly kind: 'weight'; readonly weight_mg: number; readonly reading: string }

/** Either the session itself has dealt with it, or the work has to. */
export type Routed =
  | { readonly to: 'session'; readonly next: Session; readonly say: Say }
  | { readonly to: 'work'; readonly input: ProcedureInput }

/** How an input came: from which device or screen, made when, and for which step when it came from a screen. */
export interface Arrival {
  readonly by: string
  readonly at: string
  readonly step: number | null
  readonly now: string
}

/** Why an input comes too late to mean what its maker thought, or null when it does not. */
export function tooLate(session: Session, { by, at, step, now }: Arrival): Say | null {
  // What answers this very step means what it meant, however long a busy machine took over it.
  if (step !== null) return step === session.step ? null : refused('stations.step-over')
  const age_ms = Date.parse(now) - Date.parse(at)
  if (age_ms > STALE_MS || age_ms < -AHEAD_MS)
    return refused('stations.stale', { seconds: Math.round(Math.abs(age_ms) / 1_000) })
  // Who moved the step on knows that it moved; somebody at another device could not have seen it yet.
  const movedByOther = session.stepBy !== '' && session.stepBy !== by
  return movedByOther && at < session.stepAt ? refused('stations.step-over') : null
}

/** Whether this scan is the last one again. */
export function isRepeat({ lastShown }: Session, text: string, at: string): boolean {
  return lastShown !== null && lastShown.text === text && Date.parse(at) - Date.parse(lastShown.at) <= DOUBLE_SCAN_MS
}

/** Whether nothing else was shown since, and the station still asks what it asked after it: showing this again would say nothing new. */
export function isAnswered({ lastShown, step }: Session, text: string): boolean {
  return lastShown !== null && lastShown.text === text && lastShown.step === step
}

/** Locked, when nobody has done anything for two minutes; work and step stay. */
export function lockWhenIdle(session: Session, at: string): Session {
  if (session.custodian === null || session.locked) return session
  const locksAt = locksAtOf(session)
  return at < locksAt ? session : lock(session, locksAt)
}

/** When the session locks if nothing is done. */
export function locksAtOf({ seenAt }: Session): string {
  return new Date(Date.parse(seenAt) + LOCK_MS).toISOString()
}

function lock(session: Session, at: string): Session {
  const signing = session.signing?.purpose === 'second' ? session.signing : null
  // The last word may name a thing, and a locked bench shows none.
  return { ...moved(session, at, ''), locked: true, signing, verdict: null }
}

/**
 * The session once another screen has joined the station: locked, so that nobody works from the new screen until the custodian has looked at
 * his own; and said on all screens, unless this is the only one.
 */
export function afterJoin(
  session: Session,
  { screen, others, at }: { readonly screen: string; readonly others: boolean; readonly at: string },
): Session {
  const covered = session.custodian === null || session.locked ? session : lock(session, at)
  if (!others) return covered
  const say = asked(
    'stations.screen-joined',
    words(
      '又有一块屏幕接入本工位。如不知情，请勿刷工牌，并告知安全管理员',
      'Another screen was added to this station. If you do not know of it, keep your badge and tell the security administrator',
    ),
  )
  return { ...covered, verdict: verdictOf(say, screen, at) }
}

/**
 * The session once something of its work was dealt with while the line was down. What a person last did here cannot be taken back past it, and
 * nothing that was made for the step before is taken for this one.
 */
export function afterOffline(session: Session, work: Work | null, at: string): Session {
  return { ...moved(session, at, ''), work, before: null }
}

function moved(session: Session, at: string, by: string): Session {
  return { ...session, step: session.step + 1, stepAt: at, stepBy: by }
}

/** Who may work at a station of this kind. */
export function mayWorkAt({ kind, place }: StationPlace, { posts }: BadgeHolder): boolean {
  switch (kind) {
    case 'bench':
    case 'door':
    case 'aisle':
      return posts.some((held) => held.post === 'custodian' && held.place === place)
    case 'counter':
      return posts.some((held) => held.post === 'clerk' && held.place === place)
    case 'desk':
      return posts.some((held) => held.place === place)
    case 'wall':
      return false
  }
}

/** Whether a PIN is what is asked now; the second signature waits until its bench is unlocked. */
export function isPinAsked({ signing, locked }: Session): boolean {
  return signing !== null && (!locked || signing.purpose === 'shift')
}

/** Decides what the session does with an event, or hands it to the work. `asking` is what the work asks now; null when idle. */
export function route(
  session: Session,
  event: SessionEvent,
  { station, asking, at, by }: { station: StationPlace; asking: AskKind | null; at: string; by: string },
): Routed {
  const stay = (say: Say): Routed => ({ to: 'session', next: session, say })
  const go = (next: Session, say: Say): Routed => ({ to: 'session', next: moved(next, at, by), say })

  if (event.kind === 'unknown-badge') return stay(refused('stations.unknown-badge'))
  if (event.kind === 'signed') return signed(session, event.holder, { station, at, go, stay })
  const command = commandOf(event)
  if (command === 'other') {
    const word = event.kind === 'scan' && event.scanned.kind === 'other-command' ? event.scanned.word : ''
    return stay(refused('stations.unknown-command', { word }))
  }
  if (session.signing !== null && isPinAsked(session)) {
    if (command === 'CANCEL') {
      const { name } = session.signing
      return go(
        { ...session, signing: null },
        asked('stations.pin-cancelled', words(`不再等待 ${name}`, `No longer waiting for ${name}`)),
      )
    }
    if (event.kind !== 'scan' || event.scanned.kind !== 'badge')
      return stay(refused('stations.pin-wanted', { name: session.signing.name }))
  }
  if (event.kind === 'scan' && event.scanned.kind === 'badge')
    return badge(session, event.scanned.holder, { station, at, by, go, stay })
  if (session.custodian === null) return stay(refused('stations.nobody'))
  if (session.locked) return stay(refused('stations.locked'))
  if (event.kind === 'scan' && event.scanned.kind === 'wrong-check') return stay(refused('stations.wrong-check'))

  switch (command) {
    case null:
      break
    case 'LOCK':
      return {
        to: 'session',
        next: lock(session, at),
        say: accepted('stations.locked-now', words('工位已锁定，刷工牌继续', 'Locked; scan your badge to go on')),
      }
    case 'CANCEL':
      if (session.work === null) return stay(notAsked('取消', 'cancel'))
      return go(
        { ...session, work: null, before: null },
        accepted('stations.cancelled', words('已取消，没有登记任何内容', 'Cancelled; nothing was recorded')),
      )
    case 'UNDO':
      if (session.before === null) return stay(refused('stations.nothing-to-undo'))
      return go(
        { ...session, work: session.before.work, before: null },
        accepted('stations.undone', words('已撤销上一次扫描', 'The last scan is taken back')),
      )
    case 'WEIGH':
      if (asking !== 'weigh') return stay(notAsked('称重', 'weigh'))
      return go(session, asked('stations.weighing', words('正在称重', 'Weighing')))
    case 'CONFIRM':
    case 'REFUSE':
    case 'MOVE':
    case 'LOOKUP':
      return { to: 'work', input: { kind: 'command', word: command } }
  }
  switch (event.kind) {
    case 'scan':
      return toWork(event.scanned)
    case 'weight':
      return asking === 'weigh' ? { to: 'work', input: event } : stay(notAsked('称重', 'weigh'))
    case 'choose':
      return { to: 'work', input: event }
    case 'command':
      throw new Error(`command ${event.word} is dealt with before`)
  }
}

function toWork(scanned: Scanned): Routed {
  switch (scanned.kind) {
    case 'item':
    case 'location':
    case 'document':
    case 'container':
    case 'text':
      return { to: 'work', input: { kind: 'scan', scanned } }
    case 'badge':
    case 'command':
    case 'other-command':
    case 'wrong-check':
      throw new Error(`a ${scanned.kind} scan is dealt with before the work`)
  }
}

/** The command card or button behind an event; `other` for a card we do not know. */
function commandOf(event: SessionEvent): CommandWord | 'other' | null {
  if (event.kind === 'command') return event.word
  if (event.kind !== 'scan') return null
  if (event.scanned.kind === 'command') return event.scanned.word
  return event.scanned.kind === 'other-command' ? 'other' : null
}

interface Moves {
  readonly at: string
  readonly go: (next: Session, say: Say) => Routed
  readonly stay: (say: Say) => Routed
}

function badge(
  session: Session,
  holder: BadgeHolder,
  { station, at, by, go, stay }: Moves & { station: StationPlace; by: string },
): Routed {
  const { custodian } = session
  const own = custodian !== null && custodian.id === holder.id
  const mayWork = mayWorkAt(station, holder)
  const inShift = own && Date.parse(at) - Date.parse(custodian.signedAt) < SHIFT_MS
  // A number that is typed shows no badge: there the PIN is asked at each resume, also where the scanner types.
  if (inShift && session.locked && mayWork && !isByScreen(by)) {
    const say = accepted('stations.resumed', words(`${holder.name}，请继续`, `${holder.name}, go on`))
    // The step itself has not changed, only who may see it; it counts as new so that nothing older is taken for it.
    return { to: 'session', next: { ...moved(session, at, by), locked: false }, say }
  }
  const unlocked = custodian !== null && !session.locked
  if (unlocked && session.work !== null) return { to: 'work', input: { kind: 'badge', holder } }
  if (own && unlocked)
    return stay(
      asked('stations.signed-in', words(`${holder.name} 已登录，请扫描`, `${holder.name} is signed in; scan`)),
    )
  if (!mayWork) return stay(noPostHere(holder, station))
  if (!own && custodian !== null && session.work !== null && Date.parse(at) - Date.parse(session.seenAt) < TAKEOVER_MS)
    return stay(refused('stations.in-use', { name: custodian.name, minutes: TAKEOVER_MS / 60_000 }))
  const { id, name } = holder
  return go(
    { ...session, signing: { id, name, badge: holder.badge, purpose: 'shift' } },
    asked('stations.pin', words(`${name}，请输入 PIN`, `${name}, your PIN please`)),
  )
}

function signed(
  session: Session,
  holder: BadgeHolder,
  { station, at, go, stay }: Moves & { station: StationPlace },
): Routed {
  const { signing } = session
  if (signing === null || signing.badge !== holder.badge) return stay(refused('stations.step-over'))
  const { id, name } = signing
  if (signing.purpose === 'second' && session.locked) return stay(refused('stations.locked'))
  if (signing.purpose === 'second') return { to: 'work', input: { kind: 'signed', person: { id, name } } }
  // The post may have ended between badge and PIN.
  if (!mayWorkAt(station, holder)) return go({ ...session, signing: null }, noPostHere(holder, station))
  const same = session.custodian?.id === id
  const next: Session = {
    ...session,
    custodian: { id, name, signedAt: at },
    locked: false,
    signing: null,
    ...(same ? {} : { work: null, before: null }),
  }
  return go(next, accepted('stations.signed-in', words(`${name} 已登录，请扫描`, `${name} is signed in; scan`)))
}

function noPostHere({ name }: BadgeHolder, { place }: StationPlace): Say {
  return refused('stations.no-post-here', { name, place })
}

function notAsked(word: string, wordEn: string): Say {
  return refused('stations.not-asked', { word, wordEn })
}

function words(zh: string, en: string): { zh: string; en: string } {
  return { zh, en }
}

/** The session after the work took a step. What a scale said is part of the scan before it, so UNDO takes both back. */
export function afterStep(
  session: Session,
  input: ProcedureInput,
  { work, sign, at, by }: { work: Work | null; sign: BadgeHolder | undefined; at: string; by: string },
): Session {
  const changed = JSON.stringify(work?.state ?? null) !== JSON.stringify(session.work?.state ?? null)
  const before = work === null || !changed || input.kind === 'weight' ? session.before : { work: session.work }
  const signing =
    sign === undefined ? null : { id: sign.id, name: sign.name, badge: sign.badge, purpose: 'second' as const }
  const next: Session = { ...session, work, before: work === null ? null : before, signing }
  return changed || sign !== undefined || session.signing !== null ? moved(next, at, by) : next
}
