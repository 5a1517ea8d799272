import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { loadCaseNames } from '../in-clear/store.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { numberOf } from '../numbers.ts'
import { cases } from '../projections.ts'
import type { Register } from '../schemas.ts'
import { loadSeals, takeSeals } from '../seals/seal-store.ts'
import { sightOf } from '../sight/sight.ts'
import { type Asking, loadKnown } from '../store.ts'
import '../tables.ts'
import { type RegisterState, yearOf } from './registering.ts'

/** @param hold whether case and seal numbers are locked: for an act; a trial only looks */
export async function loadRegister(
  db: Reader,
  { case: number, items: lines }: Pick<Register, 'case' | 'items'>,
  { actor, at }: Pick<Asking, 'actor' | 'at'>,
  hold = true,
): Promise<RegisterState> {
  const found = await loadKnown(db, cases, [number], hold)
  const sight = await sightOf(db, actor, at)
  const of = found.get(number)
  if (of === undefined)
    return {
      ...{ cases: found, sight, seals: new Set(), names: noNames },
      ...{ unitNumber: '', nextSerial: 0, nextOrdinal: 0 },
    }
  const { unit } = of
  const numbers = lines.flatMap(({ seal }) => seal?.number ?? [])
  const last = await sql<{ serial: number | null; ordinal: number | null }>`
    select (select max(serial) from items where unit = ${unit} and year = ${yearOf(at)}) as serial,
           greatest(
             (select max(ordinal) from items where case_number = ${number}),
             -- A number that went with an item into another case is not given again.
             (select max((one ->> 'was')::integer) from cases c cross join jsonb_array_elements(c.state -> 'passedOn') went
                cross join jsonb_array_elements(went -> 'items') one where c.id = ${number})) as ordinal
  `.execute(db)
  return {
    ...{ cases: found, sight, seals: await (hold ? takeSeals : loadSeals)(db, numbers) },
    names: await loadCaseNames(db, of),
    unitNumber: await numberOf(db, 'unit', unit),
    nextSerial: (last.rows[0]?.serial ?? 0) + 1,
    nextOrdinal: (last.rows[0]?.ordinal ?? 0) + 1,
  }
}
