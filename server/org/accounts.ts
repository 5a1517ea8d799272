import { locksOfPeople, secretsOfPeople } from '../access/standing.ts'
import { readPersonal } from '../ledger/personal.ts'
import { calledBy } from '../names.ts'
import type { Reader } from '../module.ts'
import type { Page } from '../schemas.ts'
import type { Account } from './protocol.ts'
import './tables.ts'

/** A page of everybody there is, as administrators see them, by id. */
export async function readAccounts(db: Reader, { limit, after }: Page): Promise<Account[]> {
  const rows = await db
    .selectFrom('people')
    .select(['id', 'state'])
    .where('id', '>', after ?? '')
    .orderBy('id')
    .limit(limit)
    .execute()
  const names = await readPersonal(
    db,
    rows.map(({ state }) => state.name.ref),
  )
  const secrets = await secretsOfPeople(db)
  const locks = await locksOfPeople(db)
  return rows.map(({ id, state }) => ({
    ...{
      id,
      login: state.login,
      name: calledBy(names.get(state.name.ref)),
      unit: state.unit,
      active: state.active,
      erased: state.erased ?? null,
    },
    appointments: state.appointments,
    badges: state.badges.filter(({ until }) => until === undefined),
    secrets: secrets.of(id),
    secondFactor: state.secondFactor ?? null,
    provider: state.provider?.at ?? null,
    locks: locks.of(id),
  }))
}
