import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Act } from '../../act.ts'
import type { Db } from '../../database/connect.ts'
import { type Command, SYSTEM } from '../../module.ts'
import type { DoorStation, DoorWatch } from '../../stations/door.ts'
import { mayBeOurs } from '../../tag-identity.ts'
import { doorNames, openAlarms } from './alarm-reads.ts'
import type { DoorAlarm, DoorPass } from './schemas.ts'
import '../tables.ts'

/** Screens show so many; the rest stands on the page of alarms. */
const SHOWN_MOST = 20

/** What custody makes of the tags that a store's door sees: an item that lies in store is alarmed, the rest goes through. */
export function custodyDoor({ db, act }: { readonly db: Db; readonly act: Act }): DoorWatch {
  const does = (station: DoorStation, command: Command, cause: string) =>
    act({ person: SYSTEM, station }, command, { cause })
  return {
    async seen(station, { epc, side, at_ms }) {
      const item = mayBeOurs(epc) ? await bearerOf(db, epc) : null
      if (item === null) return false
      const tag = epc.toUpperCase()
      const command: DoorAlarm = { type: 'custody.door-alarm', place: station.place, item, epc: tag, side }
      const { facts } = await does(station, command, `door ${station.id} ${epc} ${at_ms}`)
      return facts.length > 0
    },
    async gone(station, event) {
      const item = mayBeOurs(event.epc) ? await bearerOf(db, event.epc) : null
      if (item === null) return
      const { sure, outcome } =
        event.event === 'turned'
          ? ({ sure: true, outcome: 'turned' } as const)
          : { sure: event.sure, outcome: event.direction }
      for (const alarm of await atTheDoor(db, item, station.id)) {
        const command: DoorPass = { type: 'custody.door-pass', alarm, outcome, sure }
        await does(station, command, `door-pass ${alarm} ${randomUUID()}`)
      }
    },
    wakes: ['custody.door-alarmed', 'custody.door-passed', 'custody.door-acknowledged'],
    async open(reader, store) {
      const found = await openAlarms(reader, store, SHOWN_MOST)
      const doorName = await doorNames(reader, found)
      return found.map(({ id, item, station, at }) => ({ id, item, door: doorName(station), at }))
    },
  }
}

/**
 * The item that a tag is on. What was split or merged leaves its tag on something that came of it: on which, nobody wrote down, so one that
 * lies in store stands for all.
 */
async function bearerOf(db: Db, epc: string): Promise<string | null> {
  const found = await sql<{ id: string }>`
    with recursive heirs as (
      select id, custody_status, state from items where epc = ${epc.toUpperCase()}
      union
      select i.id, i.custody_status, i.state from heirs h
        cross join lateral jsonb_array_elements_text(h.state #> '{succeeded,into}') as into_code
        join items i on i.id = into_code
    )
    select id from heirs where state -> 'succeeded' is null order by custody_status = 'IN_STORE' desc, id limit 1
  `.execute(db)
  return found.rows[0]?.id ?? null
}

/** Alarms about an item at this door of which nobody knows yet what became of it. */
async function atTheDoor(db: Db, item: string, station: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from alarms where item = ${item} and state ->> 'station' = ${station} and state ->> 'passed' is null
  `.execute(db)
  return found.rows.map(({ id }) => id)
}
