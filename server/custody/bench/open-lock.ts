import { Refusal, type Words } from '../../refusal.ts'
import type { Bench, ProcedureInput, Step } from '../../stations/procedure.ts'
import type { AskView, PersonView, WorkView } from '../../stations/protocol.ts'
import { accepted, asked, refused } from '../../stations/say.ts'
import { isLate, mayOpen, mustHaveFinanceKey, openLock, type StoreLock } from '../locks/locks.ts'
import type { OpenLock } from '../locks/schemas.ts'
import { rules } from '../rules.ts'
import { type BenchLook, rehearse } from './look.ts'
import { cardNotAsked, notAsked, wantedInstead } from './refuse.ts'
import { ask, option, stepsOf, words } from './view.ts'

/** 双人双锁 at a bench: which lock, then badge and PIN of each who opens it, the custodian of the bench first. */
export type OpenLockWork = {
  readonly procedure: 'open-lock'
  readonly locks: readonly StoreLock[]
  /** The one that CONFIRM would take. */
  readonly marked: number
  readonly lock: StoreLock | null
  readonly signers: readonly { readonly person: PersonView; readonly at: string }[]
}

/** Who has signed so far, beside the custodian. */
export function openersIn({ signers }: OpenLockWork): string[] {
  return signers.map(({ person }) => person.id)
}

function nameOf({ place, lock }: StoreLock): Words {
  return words(`${place} ${lock} 号锁`, `${place}, lock ${lock}`)
}

/** @throws Refusal `custody.no-lock-here`, `custody.not-an-opener` */
export function beginOpenLock({ actor, locks }: BenchLook, { custodian, station }: Bench): Step<OpenLockWork> {
  const [only] = locks.locks
  if (only === undefined) throw new Refusal('custody.no-lock-here')
  if (!mayOpen(actor, station.place, locks.keeping))
    throw new Refusal('custody.not-an-opener', { person: custodian.name })
  const lock = locks.locks.length === 1 ? only : null
  const next: OpenLockWork = { procedure: 'open-lock', locks: locks.locks, marked: 0, lock, signers: [] }
  return { next, say: asked('custody.opening-lock', askOf(next).words) }
}

/**
 * First which lock, then badge and PIN of each opener, all within `lock_openers_seconds` of the rules: whoever is later begins anew. The board
 * is asked to open only after the signatures are in the register.
 *
 * @throws Refusal `custody.opener-first`, `custody.not-an-opener`, `custody.same-person`, or that something else was asked
 */
export function stepOpenLock(
  work: OpenLockWork,
  input: ProcedureInput,
  look: BenchLook,
  bench: Bench,
): Step<OpenLockWork> {
  const asking = askOf(work)
  if (work.lock === null) {
    const next = chosen(work, input)
    if (next === null) {
      if (input.kind === 'command') throw cardNotAsked(input.word, asking)
      if (input.kind === 'choose') throw notAsked('选择', 'choose', asking)
      throw wantedInstead(asking, input)
    }
    return { next, say: asked('custody.opening-lock', askOf(next).words) }
  }
  if (input.kind === 'badge') return badgeSeen(work, input.holder, look, bench)
  if (input.kind === 'signed') return signed(work, work.lock, input.person, look, bench)
  if (input.kind === 'command') throw cardNotAsked(input.word, asking)
  if (input.kind === 'choose') throw notAsked('选择', 'choose', asking)
  throw wantedInstead(asking, input)
}

/** The work with the next lock marked, or with the one that was taken; null where the input chooses none. */
function chosen(work: OpenLockWork, input: ProcedureInput): OpenLockWork | null {
  if (input.kind === 'command' && input.word === 'REFUSE')
    return { ...work, marked: (work.marked + 1) % work.locks.length }
  const taken =
    input.kind === 'command' && input.word === 'CONFIRM'
      ? work.locks[work.marked]
      : input.kind === 'choose'
        ? work.locks.find((_, index) => `lock-${index}` === input.option)
        : undefined
  return taken === undefined ? null : { ...work, lock: taken }
}

function badgeSeen(
  work: OpenLockWork,
  holder: Extract<ProcedureInput, { kind: 'badge' }>['holder'],
  { locks }: BenchLook,
  { custodian, station, at }: Bench,
): Step<OpenLockWork> {
  const [first] = work.signers
  const over = first !== undefined && isLate(first.at, at)
  // Who was first begins anew with his badge; of anybody else it is said that he came too late.
  if (over && holder.id !== custodian.id) return late(work)
  const signers = over ? [] : work.signers
  if (signers.length === 0 && holder.id !== custodian.id)
    throw new Refusal('custody.opener-first', { person: custodian.name })
  if (signers.some(({ person }) => person.id === holder.id))
    throw new Refusal('custody.same-person', { person: holder.name, role: '开锁人', roleEn: 'opener' })
  const signer = locks.signers.get(holder.id)
  if (signer === undefined || !mayOpen(signer, station.place, locks.keeping))
    throw new Refusal('custody.not-an-opener', { person: holder.name })
  const others = [...signers.map(({ person }) => person.id), holder.id].filter((one) => one !== custodian.id)
  // The last who may still bring finance's key is refused before he gives his PIN for nothing.
  const lock = locks.locks.find((one) => isSameLock(one, work.lock))
  if (lock !== undefined && others.length + 1 >= rules.lock_openers.value)
    mustHaveFinanceKey(lock, others, station.place, locks, holder.name)
  const say = asked(
    'stations.pin',
    words(`${holder.name}，请输入 PIN，作为开锁人签名`, `${holder.name}, sign as an opener with your PIN`),
  )
  return { next: { ...work, signers }, say, sign: holder }
}

function isSameLock(one: StoreLock, other: StoreLock | null): boolean {
  return one.board === other?.board && one.device === other.device && one.lock === other.lock
}

function late(work: OpenLockWork): Step<OpenLockWork> {
  const say = refused('custody.opener-late', { seconds: rules.lock_openers_seconds.value })
  return { next: { ...work, signers: [] }, say }
}

function signed(
  work: OpenLockWork,
  lock: StoreLock,
  person: PersonView,
  { actor, locks }: BenchLook,
  bench: Bench,
): Step<OpenLockWork> {
  const signers = [...work.signers, { person, at: bench.at }]
  const [first] = signers
  if (first === undefined || isLate(first.at, bench.at)) return late(work)
  const next = { ...work, signers }
  if (signers.length < rules.lock_openers.value) {
    const signedBy = words(
      `${person.name} 已签名，等待第二名开锁人`,
      `${person.name} has signed; the second opener is awaited`,
    )
    return { next, say: accepted('custody.opener-signed', signedBy) }
  }
  const command: OpenLock = {
    type: 'custody.open-lock',
    ...{ store: bench.station.place, board: lock.board, device: lock.device, lock: lock.lock, firstAt: first.at },
  }
  const others = signers.map(({ person: { id } }) => id).filter((id) => id !== bench.custodian.id)
  rehearse({ actor }, bench, others, (circumstances) => openLock(locks, command, circumstances))
  const name = nameOf(lock)
  const say = asked('custody.lock-ordered', words(`正在打开 ${name.zh}`, `Opening: ${name.en}`))
  return { next: null, say, acts: { commands: [command], with: others } }
}

const STEPS = [
  ['lock', words('选择锁', 'Choose the lock')],
  ['first', words('第一名开锁人', 'First opener')],
  ['second', words('第二名开锁人', 'Second opener')],
] as const

/** Says how far the signatures are, and names no opener. */
export function showOpenLock(work: OpenLockWork): { work: WorkView; ask: AskView } {
  return {
    work: {
      ...{ procedure: 'open-lock', words: words('双人开锁', 'Open a lock by two'), document: null },
      steps: stepsOf(STEPS, work.lock === null ? 'lock' : work.signers.length === 0 ? 'first' : 'second'),
      ...{ item: null, points: [], lines: [], second: null, keeper: null },
    },
    ask: askOf(work),
  }
}

function askOf(work: OpenLockWork): AskView {
  if (work.lock === null)
    return ask(
      'choose',
      words('要打开哪一把锁？', 'Which lock is to be opened?'),
      work.locks.map((lock, index) => ({
        ...option(`lock-${index}`, nameOf(lock), null),
        marked: index === work.marked,
      })),
    )
  const name = nameOf(work.lock)
  if (work.signers.length === 0)
    return ask(
      'scan-badge',
      words(
        `${name.zh}：请第一名开锁人（本工位保管人员）刷工牌`,
        `${name.en}: the custodian of this bench scans the badge first`,
      ),
    )
  const seconds = rules.lock_openers_seconds.value
  return ask(
    'scan-badge',
    words(
      `${name.zh}：${seconds} 秒内请第二名开锁人刷工牌`,
      `${name.en}: the second opener scans within ${seconds} seconds`,
    ),
  )
}
