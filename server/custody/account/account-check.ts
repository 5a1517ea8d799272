import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Act } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import type { Log } from '../../database/log.ts'
import type { WorkSource } from '../../inbox/work.ts'
import { loadStates } from '../../ledger/project.ts'
import { type Decision, type Reader, SYSTEM } from '../../module.ts'
import { itemsEverOf, trialOf } from './account-trial.ts'
import type { Case } from '../cases/cases.ts'
import { draft, unitRegister } from '../custody.ts'
import { cases } from '../projections.ts'
import type { CheckAccount } from '../disposal/schemas.ts'
import { casesWithin, sightOf } from '../sight/sight.ts'
import '../tables.ts'

/** Between the end of one trial of all accounts and the next. */
const EVERY_MS = 24 * 3_600_000
/** After a round that the database did not let come to its end. */
const RETRY_MS = 60_000
/** Between two cases, so that nobody waits for the trial. */
const REST_MS = 5
const IMBALANCES_MOST = 500

/** What deciding over an account looks at: the case, and which accounts the trial found wrong. */
export interface CheckState {
  readonly of: Case | undefined
  readonly wrong: readonly string[]
}

/** Of all items that were ever of the case, those passed on since included. Locks the case, so that two trials of it cannot write the same news. */
export async function loadCheck(db: Reader, number: string): Promise<CheckState> {
  const of = (await loadStates(db, cases, [number], { lock: true })).get(number) ?? undefined
  return { of, wrong: (await trialOf(db, await itemsEverOf(db, number), number)).wrong }
}

/** Writes down that an account has come to differ, or agrees again; nothing when it is as it was. */
export function checkAccount({ of, wrong }: CheckState, { case: number }: CheckAccount): Decision {
  if (of === undefined || !isNews(of, wrong)) return { facts: [] }
  const [register, subject] = [unitRegister(of.unit), `case/${number}`]
  return {
    facts: [
      wrong.length === 0
        ? draft(register, 'custody.account-agreed', subject, {})
        : draft(register, 'custody.account-differed', subject, { accounts: wrong }),
    ],
  }
}

function isNews({ imbalance }: Case, wrong: readonly string[]): boolean {
  return (imbalance?.accounts ?? []).join() !== wrong.join()
}

interface CheckDependencies {
  readonly db: Db
  readonly act: Act
  readonly now: () => string
}

/** One trial of every account; answers with the numbers of the cases whose account is off now. */
export async function checkAccounts({ db, act, now }: CheckDependencies, signal: AbortSignal): Promise<string[]> {
  const off: string[] = []
  for (let after = ''; ;) {
    const next = await db
      .selectFrom('cases')
      .select(['id', 'state'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1)
      .execute()
    const [one] = next
    if (one === undefined) return off
    after = one.id
    const { wrong } = await trialOf(db, await itemsEverOf(db, one.id), one.id)
    if (wrong.length > 0) off.push(one.id)
    // What is written is decided again under the lock of the register.
    if (isNews(one.state, wrong))
      await act(
        { person: SYSTEM },
        { type: 'custody.check-account', case: one.id },
        { cause: `account:${one.id}:${now()}` },
      )
    await pause(REST_MS, undefined, { signal })
  }
}

/** 每日试算: tries every account now and then every day, until it is closed. */
export function keepAccounts(deps: CheckDependencies & { readonly log: Log }): { close(): Promise<void> } {
  const { log } = deps
  const ending = new AbortController()
  const { signal } = ending
  const round = async (): Promise<number> => {
    try {
      const off = await checkAccounts(deps, signal)
      if (off.length > 0) log.warn({ cases: off.length }, '有案件账目不符 / accounts of cases are off')
      return EVERY_MS
    } catch (error) {
      signal.throwIfAborted()
      log.warn({ err: error }, 'the trial of the accounts did not come to its end; it begins again')
      return RETRY_MS
    }
  }
  const rounds = async (): Promise<void> => {
    for (;;) await pause(await round(), undefined, { signal })
  }
  const running = rounds().catch((error: unknown) => {
    if (!signal.aborted) log.error({ err: error }, 'the trial of the accounts has ended')
  })
  return {
    close: async () => {
      ending.abort()
      await running
    },
  }
}

/** Accounts that are off, for supervisors and the heads of the departments. */
export const accountWork: WorkSource = async (db, { actor, now, after, limit }) => {
  const sight = await sightOf(db, actor, now)
  if (sight !== 'all' && sight.watches !== true && sight.units.length === 0) return []
  const found = await sql<{ state: Case; since: string }>`
    select c.state, c.state #>> '{imbalance,since}' as since from cases c
    where c.state ? 'imbalance' and ${casesWithin(sight)}
      ${after === null ? sql`` : sql`and (c.state #>> '{imbalance,since}', c.id) > (${after.by}, ${after.id})`}
    order by 2, c.id limit ${Math.min(limit, IMBALANCES_MOST)}
  `.execute(db)
  return found.rows.map(({ state: { number }, since }) => ({
    ...{ kind: 'account', id: number, by: since, dueAt: null, level: 'overdue', about: number },
    path: `/desk/cases/${encodeURIComponent(number)}`,
    what: { zh: '案件账目不符：须查明', en: 'The account of a case is off: to be looked into' },
  }))
}
