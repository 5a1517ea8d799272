import { sql } from 'kysely'
import { agentOf } from '../../../devices/agent-address.ts'
import { readAgents } from '../../agents/links.ts'
import { type Db, inTransaction } from '../../database/connect.ts'
import { lockRegisters } from '../../ledger/append.ts'
import { Refusal } from '../../refusal.ts'
import { readDevices } from '../../stations/device-states.ts'
import { readStation } from '../../stations/registry.ts'
import { hallRegister } from '../rating.ts'
import { currentKey, hallOfCounter } from '../store.ts'
import type { Maintenance } from './protocol.ts'

/** A look at a pad and a cable; the counter rates again by itself after it. The house's own number. */
export const MAINTENANCE_MS = 5 * 60_000

/**
 * Begins the maintenance of a counter at this screen. Offers of votes stand in the hall's register, whose head is held meanwhile: so no vote is open
 * in it, and a press is never a vote.
 * @throws Refusal `rating.unknown-counter`, `rating.vote-is-open`
 */
export async function beginMaintenance(
  db: Db,
  { counter, screen, person }: { readonly counter: string; readonly screen: string; readonly person: string },
  at: string,
): Promise<void> {
  await inTransaction(db, async (trx) => {
    const hall = await hallOfCounter(trx, counter)
    if (hall === null) throw new Refusal('rating.unknown-counter', { counter })
    await lockRegisters(trx, [hallRegister(hall)])
    const { rows } = await sql<{ open: boolean }>`
      select exists (
        select from rating_services s where s.counter = ${counter} and s.grp is not null and s.expires_at > ${at}
          and not exists (select from rating_used u where u.service = s.id)
      ) as open
    `.execute(trx)
    if (rows[0]?.open === true) throw new Refusal('rating.vote-is-open')
    const until = new Date(Date.parse(at) + MAINTENANCE_MS).toISOString()
    await sql`
      update station_screens set maintained_by = ${person}, maintained_until = ${until} where id = ${screen}
    `.execute(trx)
  })
}

/** Ends it; nothing happens where it is over. Answers who began it. */
export async function endMaintenance(db: Db, screen: string): Promise<string | null> {
  const { rows } = await sql<{ by: string }>`
    with before as (select id, maintained_by as by from station_screens where id = ${screen} for update)
    update station_screens s set maintained_by = null, maintained_until = null from before
    where s.id = before.id and before.by is not null returning before.by
  `.execute(db)
  return rows[0]?.by ?? null
}

/** How the devices of a counter are now. @throws Refusal `rating.not-maintained` where this screen is not in maintenance */
export async function readMaintenance(
  db: Db,
  { counter, screen }: { readonly counter: string; readonly screen: string },
  at: string,
): Promise<Maintenance> {
  const { rows } = await sql<{ until: string }>`
    select maintained_until as until from station_screens where id = ${screen} and maintained_until > ${at}
  `.execute(db)
  const [found] = rows
  if (found === undefined) throw new Refusal('rating.not-maintained')
  const until = new Date(found.until).toISOString()
  const station = { ...(await readStation(db, counter)), id: counter }
  const devices = await readDevices(db, [station], at)
  const agents = new Set(devices.flatMap(({ port }) => agentOf(port)?.agent ?? []))
  const ballots = await sql<{ n: number }>`
    select count(grp)::int as n from rating_ballots
    where starts_with(grp, ${`${station.place}/${counter}/`})
  `.execute(db)
  return {
    ...{ until, left_ms: Date.parse(until) - Date.parse(at), ballots: ballots.rows[0]?.n ?? 0 },
    devices: devices.map(({ id, kind, state, fault, readings }) => ({
      ...{ id, kind, state, heard: readings ?? 0 },
      fault: fault?.code ?? null,
    })),
    agents: (await readAgents(db, at))
      .filter(({ name }) => agents.has(name))
      .map(({ name, state, backlog }) => ({ name, online: state === 'joined', waiting: backlog ?? 0 })),
    ready: (await currentKey(db)) !== null,
  }
}
