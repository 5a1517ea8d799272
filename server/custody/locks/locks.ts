import type { Actor, Circumstances, Decision, Fact } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { custodyFact, draft, storeRegister } from '../custody.ts'
import { rules } from '../rules.ts'
import { holdsPost, mustDiffer, mustKeep } from '../separation.ts'
import type { LockFacts } from './facts.ts'
import type { OpenLock, SettleLock } from './schemas.ts'

/** A lock that a store can be asked to open: a board of one of its stations, and the lock on it. */
export type StoreLock = {
  readonly board: string
  readonly device: string
  readonly lock: number
  /** Where it is: how the station is called, with its board where it has several. */
  readonly place: string
  /** Whether the second key of it is finance's; absent where any two who may open it. */
  readonly financeKey?: true
}

/** One opening of a lock, from the two signatures to what the board said. */
export type Opening = {
  readonly id: string
  readonly store: string
  /** Where they stood. */
  readonly bench: string
  readonly board: string
  readonly device: string
  readonly lock: number
  readonly by: string
  readonly with: readonly string[]
  readonly at: string
  readonly outcome: LockFacts['custody.lock-settled']['outcome'] | null
}

/**
 * What one more fact makes of an opening: ordered by two signatures, then what the board said. Without an outcome nobody knows whether it
 * opened.
 */
export function evolveOpening(opening: Opening | null, raw: Fact): Opening | null {
  const fact = custodyFact(raw)
  if (fact.type === 'custody.lock-ordered') {
    const { subject, store, board, device, lock } = fact.body
    return {
      ...{ id: subject.slice('opening/'.length), store, bench: fact.station ?? '', board, device, lock },
      ...{ by: fact.actor, with: fact.with, at: fact.at, outcome: null },
    }
  }
  if (opening !== null && fact.type === 'custody.lock-settled') return { ...opening, outcome: fact.body.outcome }
  return opening
}

const ADMINISTRATORS: readonly string[] = ['system-admin', 'security-admin', 'audit-admin']

/**
 * Who may be one of those who open: keeps the store, or stands for finance in the department that keeps it; never an administrator, whatever
 * other post he holds.
 */
export function mayOpen(who: Actor, store: string, keeping: string | null): boolean {
  if (who.appointments.some(({ post }) => ADMINISTRATORS.includes(post))) return false
  return standsForFinance(who, keeping) || holdsPost(who, 'custodian', store)
}

function standsForFinance(who: Actor, keeping: string | null): boolean {
  return keeping !== null && rules.finance_posts.value.some((post) => holdsPost(who, post, keeping))
}

/** Who has the key that finance keeps: stands for finance, and is not one of those who keep the store as well. */
function hasFinanceKey(who: Actor | undefined, store: string, keeping: string | null): boolean {
  return who !== undefined && standsForFinance(who, keeping) && !holdsPost(who, 'custodian', store)
}

/**
 * 保管、财务分持: where the store has shelves for valuables and cash, one of those who open beside its custodian has finance's key.
 * @param last how who came last is called
 * @throws Refusal `custody.finance-key`
 */
export function mustHaveFinanceKey(
  lock: Pick<StoreLock, 'financeKey'>,
  others: readonly string[],
  store: string,
  { keeping, signers }: Pick<LockState, 'keeping' | 'signers'>,
  last = others.at(-1) ?? '',
): void {
  if (lock.financeKey !== true) return
  if (!others.some((person) => hasFinanceKey(signers.get(person), store, keeping)))
    throw new Refusal('custody.finance-key', { person: last })
}

/** Whether so long lies between the first signature and now that it counts no more. */
export function isLate(firstAt: string, at: string): boolean {
  const apart_ms = Date.parse(at) - Date.parse(firstAt)
  return apart_ms < 0 || apart_ms > rules.lock_openers_seconds.value * 1_000
}

/** What an order to a lock looks at. */
export interface LockState {
  readonly locks: readonly StoreLock[]
  /** The department that keeps the store. */
  readonly keeping: string | null
  readonly signers: ReadonlyMap<string, Actor>
}

/**
 * 双人双锁 (rules W-10): who keeps the store and others who may have shown badge and PIN at a bench of it, all within the time of the rule. Only
 * then is the lock opened.
 * @throws Refusal `custody.not-your-store`, `custody.wrong-station`, `custody.no-lock-here`, `custody.openers-missing`, `custody.same-person`,
 *   `custody.not-an-opener`, `custody.finance-key`, `custody.opener-late`
 */
export function openLock(state: LockState, command: OpenLock, circumstances: Circumstances): Decision {
  const { actor, station, at, mint } = circumstances
  const { store, board, device, lock, firstAt } = command
  mustKeep({ actor, station }, store)
  const openers = rules.lock_openers.value
  if (station === null) throw new Refusal('custody.openers-missing', { openers })
  const found = state.locks.find((one) => one.board === board && one.device === device && one.lock === lock)
  if (found === undefined) throw new Refusal('custody.no-lock-here')
  const others = [...new Set(circumstances.with)]
  for (const person of others) mustDiffer(person, { custodian: actor.person })
  for (const who of [actor.person, ...others]) {
    const opener = who === actor.person ? actor : state.signers.get(who)
    if (opener === undefined || !mayOpen(opener, store, state.keeping))
      throw new Refusal('custody.not-an-opener', { person: who })
  }
  if (others.length + 1 < openers) throw new Refusal('custody.openers-missing', { openers })
  mustHaveFinanceKey(found, others, store, state)
  const seconds = rules.lock_openers_seconds.value
  if (isLate(firstAt, at)) throw new Refusal('custody.opener-late', { seconds })
  const id = mint.id()
  const fact = { store, board, device, lock, firstAt, openers, seconds }
  return {
    facts: [draft(storeRegister(store), 'custody.lock-ordered', `opening/${id}`, fact)],
    result: { opening: id },
  }
}

/** What became of it; said once. Only the program says it. */
export function settleLock(opening: Opening | null, { outcome }: SettleLock): Decision {
  if (opening === null || opening.outcome !== null) return { facts: [] }
  return {
    facts: [draft(storeRegister(opening.store), 'custody.lock-settled', `opening/${opening.id}`, { outcome })],
  }
}
