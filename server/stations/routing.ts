import type { BadgeHolder, Scanned } from './identify.ts'
import type { ProcedureInput } from './procedure.ts'
import type { AskView, CommandWord, StationKind } from './protocol.ts'
import { accepted, asked, refused, type Say } from './say.ts'
import { otherWay, wantedOf } from './wanted.ts'
import { hasGoneBy, isPinAsked, lock, moved, type Session, SHIFT_MS, TAKEOVER_MS } from './session.ts'

/** How a screen is named as the maker of an input; no device's id holds a colon. */
const SCREEN = 'screen:'

/** How a screen is named as the maker of an input, in a way that no device can be. */
export function byScreen(screen: string): string {
  return `${SCREEN}${screen}`
}

/** Whether an input came from a screen, where a badge's number can be typed by who has no badge. */
function isByScreen(by: string): boolean {
  return by.startsWith(SCREEN)
}

/** Where the station stands and what it is for. */
export interface StationPlace {
  readonly id: string
  readonly kind: StationKind
  readonly place: string
  /** How the place is called. */
  readonly placeName: string
  /** Changes whenever the station is set up anew, or a PC enrolled whose devices it has. */
  readonly setUp: string
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

/** Who may work at a station of this kind. */
export function mayWorkAt(
  { kind, place }: Pick<StationPlace, 'kind' | 'place'>,
  { posts }: Pick<BadgeHolder, 'posts'>,
): boolean {
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

/** Decides what the session does with an event, or hands it to the work. `asking` is what the work asks now; null when idle. */
export function route(
  session: Session,
  event: SessionEvent,
  { station, asking, at, by }: { station: StationPlace; asking: AskView | null; at: string; by: string },
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
  if (session.custodian === null)
    return stay(refused(station.kind === 'desk' ? 'stations.nobody-at-desk' : 'stations.nobody'))
  if (session.locked) return stay(lockedHere(station))
  if (event.kind === 'scan' && (event.scanned.kind === 'wrong-check' || event.scanned.kind === 'full-width'))
    return stay(refused(`stations.${event.scanned.kind}`))

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
      if (asking !== null && !offers(asking, command)) return { to: 'work', input: { kind: 'command', word: command } }
      if (session.work === null) return stay(notAsked('取消', 'cancel', asking))
      return go(
        { ...session, work: null, before: null },
        accepted('stations.cancelled', words('已取消，没有登记任何内容', 'Cancelled; nothing was recorded')),
      )
    case 'UNDO':
      if (asking !== null && !offers(asking, command)) return { to: 'work', input: { kind: 'command', word: command } }
      if (session.before === null) return stay(refused('stations.nothing-to-undo'))
      return go(
        { ...session, work: session.before.work, before: null },
        accepted('stations.undone', words('已撤销上一次扫描', 'The last scan is taken back')),
      )
    case 'WEIGH':
      if (asking !== null && asking.kind !== 'weigh' && offers(asking, command))
        return { to: 'work', input: { kind: 'command', word: command } }
      // At an idle station it is for the work to say what is weighed.
      if (asking === null && session.work === null) return { to: 'work', input: { kind: 'command', word: command } }
      if (asking?.kind !== 'weigh') return stay(notAsked('称重', 'weigh', asking))
      // Asked for on purpose: what lies there is what is meant.
      return go({ ...session, load: null }, asked('stations.weighing', words('正在称重', 'Weighing')))
    case 'CONFIRM':
    case 'REFUSE':
    case 'MOVE':
    case 'LOOKUP':
    case 'OPEN':
      return { to: 'work', input: { kind: 'command', word: command } }
  }
  switch (event.kind) {
    case 'scan':
      return toWork(event.scanned)
    case 'weight':
      return asking?.kind === 'weigh' ? { to: 'work', input: event } : stay(notAsked('称重', 'weigh', asking))
    case 'choose':
      return { to: 'work', input: event }
    case 'command':
      throw new Error(`command ${event.word} is dealt with before`)
  }
}

function offers({ options }: AskView, wanted: CommandWord): boolean {
  return options.some(({ word }) => word === wanted)
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
    case 'full-width':
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
  const inShift = own && !hasGoneBy(custodian.signedAt, SHIFT_MS, at)
  // A number that is typed shows no badge, and a reader that came with the last change of the station may be anybody's: there the PIN is asked.
  const isShown = !isByScreen(by) && custodian?.setUp === station.setUp
  if (inShift && session.locked && mayWork && isShown) {
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
  if (!own && custodian !== null && session.work !== null && !hasGoneBy(session.seenAt, TAKEOVER_MS, at))
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
  if (signing.purpose === 'second' && session.locked) return stay(lockedHere(station))
  if (signing.purpose === 'second') return { to: 'work', input: { kind: 'signed', person: { id, name } } }
  // The post may have ended between badge and PIN.
  if (!mayWorkAt(station, holder)) return go({ ...session, signing: null }, noPostHere(holder, station))
  const same = session.custodian?.id === id
  const next: Session = {
    ...session,
    custodian: { id, name, badge: holder.badge, signedAt: at, setUp: station.setUp },
    locked: false,
    signing: null,
    ...(same ? {} : { work: null, before: null }),
  }
  const todo =
    next.work === null
      ? words(`${name} 已登录，请扫描`, `${name} is signed in; scan`)
      : words(`${name} 已登录，从保留的步骤继续`, `${name} is signed in; go on at the step that was kept`)
  return go(next, accepted('stations.signed-in', todo))
}

function lockedHere({ kind }: StationPlace): Say {
  return refused(kind === 'desk' ? 'stations.locked-at-desk' : 'stations.locked')
}

function noPostHere({ name }: BadgeHolder, { kind, placeName: place }: StationPlace): Say {
  return refused(kind === 'desk' ? 'stations.no-post-at-desk' : 'stations.no-post-here', { name, place })
}

function notAsked(word: string, wordEn: string, asking: AskView | null): Say {
  const { zh, en } = wantedOf(asking)
  const way = otherWay(asking)
  return refused('stations.not-asked', { word, wordEn, wanted: zh, wantedEn: en, way: way.zh, wayEn: way.en })
}

function words(zh: string, en: string): { zh: string; en: string } {
  return { zh, en }
}
