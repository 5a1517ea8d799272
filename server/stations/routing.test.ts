import { describe, expect, it } from 'vitest'
import type { BadgeHolder, Scanned } from './identify.ts'
import type { AskKind, AskView } from './protocol.ts'
import { byScreen, route, type Routed, type SessionEvent } from './routing.ts'
import { accepted, verdictOf } from './say.ts'
import { afterJoin, LOCK_MS, lockWhenIdle, newSession, type Session, SHIFT_MS, TAKEOVER_MS } from './session.ts'

const START = '2026-03-02T01:00:00.000Z'
const later = (ms: number): string => new Date(Date.parse(START) + ms).toISOString()
const station = { id: 'bench-1', kind: 'bench', place: 'store-1', placeName: '一号库', setUp: '1' } as const
const holder = (id: string, post: 'custodian' | 'officer' = 'custodian', place = 'store-1'): BadgeHolder => ({
  id,
  name: id,
  badge: `B-${id}`,
  posts: [{ post, place }],
})
const li = holder('li')
const sun = holder('sun')
const officer = holder('ou', 'officer', 'dept-1')

const badge = (of: BadgeHolder): SessionEvent => ({ kind: 'scan', scanned: { kind: 'badge', holder: of } })
const scan = (scanned: Scanned): SessionEvent => ({ kind: 'scan', scanned })
const card = (word: 'CONFIRM' | 'CANCEL' | 'UNDO' | 'LOCK' | 'WEIGH'): SessionEvent => scan({ kind: 'command', word })
const item = scan({ kind: 'item', code: 'W01260000001AB', issue: 1 })

const signedIn: Session = {
  ...newSession(START),
  custodian: { id: 'li', name: 'li', badge: 'B-li', signedAt: START, setUp: '1' },
  locked: false,
}
const work = { module: 'custody', version: 1, state: { step: 1 } }
const working: Session = { ...signedIn, work, before: { work: null } }

const asks = (kind: AskKind): AskView => ({ kind, words: { zh: '', en: '' }, who: null, options: [], text: false })
const routed = (session: Session, event: SessionEvent, at = later(1_000), asking: AskKind | null = null): Routed =>
  route(session, event, { station, asking: asking === null ? null : asks(asking), at, by: 'scanner-1' })

/** The session's own answer; throws when the work was asked. */
function told(session: Session, event: SessionEvent, at = later(1_000), asking: AskKind | null = null) {
  const answer = routed(session, event, at, asking)
  if (answer.to !== 'session') throw new Error('the work was asked')
  return { next: answer.next, code: answer.say.code, outcome: answer.say.outcome }
}

describe('a shift', () => {
  it('begins with a badge and its PIN, and never holds the PIN', () => {
    const seen = told(newSession(START), badge(li))
    expect(seen).toMatchObject({
      code: 'stations.pin',
      outcome: 'ask',
      next: { signing: { id: 'li', purpose: 'shift' } },
    })
    const open = told(seen.next, { kind: 'signed', holder: li })
    expect(open).toMatchObject({
      code: 'stations.signed-in',
      next: { locked: false, custodian: { id: 'li' }, signing: null },
    })
    expect(open.next.step).toBeGreaterThan(seen.next.step)
  })
  it('who has no post here is told the place by its name; a desk is no place of keeping', () => {
    const atDesk = { ...station, kind: 'desk', place: 'dept-2', placeName: '第二审查调查室' } as const
    const of = (place: Parameters<typeof route>[2]['station']) =>
      route(newSession(START), badge(holder('far', 'custodian', 'store-2')), {
        station: place,
        asking: null,
        at: START,
        by: 'scanner-1',
      })
    expect(of(station)).toMatchObject({
      say: { code: 'stations.no-post-here', words: { zh: 'far 在 一号库 没有岗位，不能使用本工位' } },
    })
    expect(of(atDesk)).toMatchObject({
      say: { code: 'stations.no-post-at-desk', words: { zh: 'far 在 第二审查调查室 没有岗位，不能使用本工位' } },
    })
  })

  it('a desk asks for the badge of an officer, whether it is locked or nobody signed in yet', () => {
    const at = { station: { ...station, kind: 'desk' } as const, asking: null, at: later(1_000), by: 'scanner-1' }
    const said = (session: Session) => route(session, item, at)
    const remedy = { remedy: { zh: '请先刷本部门办案人员的工牌' } }
    expect(said(newSession(START))).toMatchObject({ say: { code: 'stations.nobody-at-desk', ...remedy } })
    expect(said({ ...working, locked: true })).toMatchObject({ say: { code: 'stations.locked-at-desk', ...remedy } })
  })

  it.each<[string, Session, SessionEvent, string]>([
    ['somebody without a post here', newSession(START), badge(officer), 'stations.no-post-here'],
    [
      'a custodian of another store',
      newSession(START),
      badge(holder('far', 'custodian', 'store-2')),
      'stations.no-post-here',
    ],
    ['an unknown badge', newSession(START), { kind: 'unknown-badge' }, 'stations.unknown-badge'],
    ['an item before anybody signed in', newSession(START), item, 'stations.nobody'],
    [
      'the PIN of a badge that is not asked for',
      newSession(START),
      { kind: 'signed', holder: li },
      'stations.step-over',
    ],
  ])('refuses %s', (_what, session, event, code) => {
    const { next, ...said } = told(session, event)
    expect(said).toEqual({ code, outcome: 'refused' })
    expect(next).toBe(session)
  })
  it('does not begin or go on when the post has ended meanwhile', () => {
    const seen = told(newSession(START), badge(li))
    const former: BadgeHolder = { ...li, posts: [] }
    const refusedNow = told(seen.next, { kind: 'signed', holder: former })
    expect(refusedNow).toMatchObject({ code: 'stations.no-post-here', next: { custodian: null, signing: null } })
    expect(told({ ...working, locked: true }, badge(former)).code).toBe('stations.no-post-here')
  })
  it('refuses scans while a PIN is awaited, and lets it be cancelled', () => {
    const { next } = told(newSession(START), badge(li))
    expect(told(next, item).code).toBe('stations.pin-wanted')
    expect(told(next, card('CANCEL')).next.signing).toBeNull()
    expect(told(next, badge(sun)).next.signing).toMatchObject({ id: 'sun' })
  })
})

describe('locking', () => {
  it('happens two minutes after the last thing a person did, and keeps step and work', () => {
    const last = later(60_000)
    const session = { ...working, seenAt: last }
    expect(lockWhenIdle(session, later(60_000 + LOCK_MS - 1))).toBe(session)
    const locked = lockWhenIdle(session, later(60_000 + LOCK_MS))
    expect(locked).toMatchObject({ locked: true, work })
    expect(told(locked, item, later(200_000)).code).toBe('stations.locked')
    const resumed = told(locked, badge(li), later(200_000))
    expect(resumed).toMatchObject({ code: 'stations.resumed', next: { locked: false, work } })
  })
  it('asks for the PIN at each resume when the badge’s number came from a screen', () => {
    const locked = { ...working, locked: true }
    const typed = route(locked, badge(li), { station, asking: null, at: later(1_000), by: byScreen('s-1') })
    if (typed.to !== 'session') throw new Error('the work was asked')
    expect(typed).toMatchObject({ say: { code: 'stations.pin' }, next: { locked: true, signing: { id: 'li' }, work } })
    expect(told(typed.next, { kind: 'signed', holder: li }).next).toMatchObject({ locked: false, work })
  })
  it('asks for the PIN when the station was set up anew since: the reader may be anybody’s', () => {
    const locked = { ...working, locked: true }
    const anew = { ...station, setUp: '2' }
    const shown = route(locked, badge(li), { station: anew, asking: null, at: later(1_000), by: 'badge-1' })
    if (shown.to !== 'session') throw new Error('the work was asked')
    expect(shown).toMatchObject({ say: { code: 'stations.pin' }, next: { locked: true, signing: { id: 'li' } } })
    const signed = { station: anew, asking: null, at: later(2_000), by: 'screen:s-1' }
    const open = route(shown.next, { kind: 'signed', holder: li }, signed)
    expect(open).toMatchObject({ next: { locked: false, work, custodian: { setUp: '2' } } })
  })
  it('comes with a new screen, and every other screen says so', () => {
    const at = later(1_000)
    expect(afterJoin(working, { screen: 's-2', others: true, at })).toMatchObject({
      locked: true,
      step: working.step + 1,
      work,
      verdict: { code: 'stations.screen-joined', id: 's-2' },
    })
    const fresh = newSession(START)
    expect(afterJoin(fresh, { screen: 's-1', others: false, at })).toBe(fresh)
    expect(afterJoin(working, { screen: 's-1', others: false, at })).toMatchObject({ locked: true, verdict: null })
  })
  it('asks for the PIN again when the shift is over', () => {
    const locked = { ...working, locked: true }
    expect(told(locked, badge(li), later(SHIFT_MS - 1)).code).toBe('stations.resumed')
    expect(told(locked, badge(li), later(SHIFT_MS)).code).toBe('stations.pin')
  })
  it('keeps unfinished work for its custodian, until another may take over', () => {
    const locked = { ...working, locked: true, seenAt: START }
    expect(told(locked, badge(sun), later(TAKEOVER_MS - 1)).code).toBe('stations.in-use')
    const asked = told(locked, badge(sun), later(TAKEOVER_MS))
    expect(asked.code).toBe('stations.pin')
    expect(told(asked.next, { kind: 'signed', holder: sun }).next).toMatchObject({
      custodian: { id: 'sun' },
      work: null,
    })
  })
  it('keeps the wait for a second signature, but takes none while locked', () => {
    const signing = { id: 'ou', name: 'ou', badge: 'B-ou', purpose: 'second' } as const
    const locked = lockWhenIdle({ ...working, signing }, later(LOCK_MS))
    expect(locked.signing).toEqual(signing)
    expect(told(locked, { kind: 'signed', holder: officer }, later(LOCK_MS)).code).toBe('stations.locked')
    expect(told(locked, badge(li), later(LOCK_MS + 1)).next.signing).toEqual(signing)
  })
  it('takes the last word off the screen: it may name the thing in hand', () => {
    const verdict = verdictOf(accepted('custody.item-in-hand', { zh: '金条：请称重', en: 'gold' }), 'reading-1', START)
    expect(lockWhenIdle({ ...working, verdict }, later(LOCK_MS)).verdict).toBeNull()
  })
  it('does not wait for a clock that was put back: the bench locks, the PIN is asked, another may take over', () => {
    const before = later(-3_600_000)
    const locked = lockWhenIdle(working, before)
    expect(locked).toMatchObject({ locked: true, work, stepAt: before })
    expect(told(locked, badge(li), before).code).toBe('stations.pin')
    expect(told(locked, badge(sun), before).code).toBe('stations.pin')
    // Two clocks are never quite the same.
    expect(lockWhenIdle(working, later(-1_000))).toBe(working)
  })
  it('can be asked for', () => {
    expect(told(working, card('LOCK')).next).toMatchObject({ locked: true, work })
  })
})

describe('command cards', () => {
  it('go to the work, or are dealt with here', () => {
    expect(routed(working, card('CONFIRM'))).toEqual({ to: 'work', input: { kind: 'command', word: 'CONFIRM' } })
    expect(told(working, card('CANCEL'))).toMatchObject({ outcome: 'accepted', next: { work: null, before: null } })
    expect(told(signedIn, card('CANCEL')).code).toBe('stations.not-asked')
    expect(told(working, scan({ kind: 'other-command', word: 'FOO' })).code).toBe('stations.unknown-command')
  })
  it('UNDO takes the last scan back once', () => {
    const undone = told({ ...working, before: { work: { ...work, state: { step: 0 } } } }, card('UNDO'))
    expect(undone.next.work?.state).toEqual({ step: 0 })
    expect(told(undone.next, card('UNDO')).code).toBe('stations.nothing-to-undo')
  })
  it('WEIGH begins a new step, so that the scale is asked again and what lies there is meant; only when a weight is wanted', () => {
    expect(told(working, card('WEIGH'), later(1), 'confirm').code).toBe('stations.not-asked')
    const load = { weight_mg: 5, reading: 'r', item: null }
    const weighing = told({ ...working, load }, card('WEIGH'), later(1), 'weigh').next
    expect(weighing).toMatchObject({ step: working.step + 1, load: null })
  })
})

it('a wrong check character is refused, a badge in the middle of work is the work’s', () => {
  expect(told(working, scan({ kind: 'wrong-check' })).code).toBe('stations.wrong-check')
  expect(routed(working, badge(officer))).toEqual({ to: 'work', input: { kind: 'badge', holder: officer } })
  expect(told(signedIn, badge(officer)).code).toBe('stations.no-post-here')
  expect(told(signedIn, { kind: 'weight', weight_mg: 1, reading: 'r' }).code).toBe('stations.not-asked')
})
