import { sql } from 'kysely'
import { lockOutputs, mayBeOneBoard, type RelayBoard, sirenOnLock } from '../../devices/relay/outputs.ts'
import type { Reader } from '../module.ts'
import { ORG_REGISTER } from '../org/org.ts'
import { Refusal } from '../refusal.ts'
import './tables.ts'

/** A board of a station, with its name there. */
export type NamedBoard = RelayBoard & { readonly id: string; readonly station: string }

/** The same, with the store or unit where its station stood. */
export type PlacedBoard = NamedBoard & { readonly place: string }

/**
 * Every lock board that any station ever had, as it was set up then. Taking a board away and bringing it back turns no lock into anything else, so
 * this reads the register and not how stations are now.
 */
export async function boardsEver(db: Reader): Promise<PlacedBoard[]> {
  const found = await sql<{ board: PlacedBoard }>`
    select distinct device || jsonb_build_object('station', substr(subject, length('station/') + 1)) ||
      jsonb_build_object('place', text::jsonb #> '{body,place}') as board
    from entries, jsonb_array_elements(text::jsonb #> '{body,devices}') as device
    where register = ${ORG_REGISTER} and type = 'stations.configured' and device ->> 'kind' = 'relay'
  `.execute(db)
  return found.rows.map(({ board }) => board)
}

/** Asks whether the output that a board would sound is or was a lock. */
export function lockGuard(db: Reader): (board: RelayBoard) => Promise<boolean> {
  return async (board) => lockUnderSiren(board, await boardsEver(db)) !== undefined
}

function lockUnderSiren(board: RelayBoard, others: readonly NamedBoard[]): NamedBoard | undefined {
  return others.find((other) => sirenOnLock(board, other))
}

/**
 * A lock opens for two persons (rules W-10), an output with a siren by itself at any alarm: so no output is both, under whatever station or
 * spelling of its address, and what was a lock once stays one. An output that was a siren may become a lock.
 *
 * @param boards those of the station that is set up
 * @param present those of all other stations as they are now
 * @param ever those of every station as they ever were
 * @throws Refusal `stations.lock-is-no-siren`
 */
export function mustLeaveLocks(
  boards: readonly NamedBoard[],
  { present, ever }: { readonly present: readonly NamedBoard[]; readonly ever: readonly NamedBoard[] },
): void {
  for (const board of boards) {
    const lock = lockUnderSiren(board, [...boards, ...present, ...ever])
    if (lock !== undefined) throw refused(board, lock)
    const siren = present.find((other) => sirenOnLock(other, board))
    if (siren !== undefined) throw refused(siren, board)
  }
}

/**
 * What locks a store opens for the people of that store (rules W-10): a board with locks on it never stands at a station of another place, by
 * whatever name, address or round-about way, or whoever sets up stations could let two people of another store open it.
 * @throws Refusal `stations.lock-stays`
 */
export function locksMustStay(boards: readonly NamedBoard[], place: string, ever: readonly PlacedBoard[]): void {
  for (const board of boards.filter((one) => lockOutputs(one).length > 0)) {
    const before = ever.find(
      (other) => other.place !== place && lockOutputs(other).length > 0 && mayBeOneBoard(board, other),
    )
    if (before !== undefined) throw lockStays(board, before, place)
  }
}

/** Why a lock does not go from one place to another. */
export function lockStays({ id, port }: NamedBoard, { station, place }: PlacedBoard, to: string): Refusal {
  return new Refusal('stations.lock-stays', { device: id, port, station, place, to })
}

function refused(siren: NamedBoard, lock: NamedBoard): Refusal {
  return new Refusal('stations.lock-is-no-siren', {
    ...{ device: siren.id, station: siren.station, output: siren.siren ?? 0 },
    ...{ lock: lock.id, lockStation: lock.station, port: lock.port },
  })
}
