import { sql } from 'kysely'
import type { Trx } from '../../database/connect.ts'
import { readPersonal } from '../../ledger/personal.ts'
import { loadStates } from '../../ledger/project.ts'
import { ZONE } from '../../local-time.ts'
import type { Reader } from '../../module.ts'
import { textOf } from '../../names.ts'
import { samples } from '../projections.ts'
import { hallRegister } from '../rating.ts'
import '../tables.ts'
import { type OrderState, POPULATION_MOST, type SampleState } from './sample.ts'
import type { OrderSample } from './schemas.ts'

/** The register of the hall; none for a sample that there is not, which the decision then refuses. */
export async function registersOfSample(db: Reader, sample: string): Promise<string[]> {
  const found = await db.selectFrom('rating_samples').select('hall').where('id', '=', sample).executeTakeFirst()
  return found === undefined ? [] : [hallRegister(found.hall)]
}

/**
 * Closed services with a number, opened on these days of the organisation's zone, in the order of their ids, by which the draw counts. One
 * more than a sample may be drawn from is read, so that too many show.
 */
export async function loadOrderSample(trx: Trx, { hall, from, to }: OrderSample): Promise<OrderState> {
  const unit = await trx.selectFrom('units').select('kind').where('id', '=', hall).executeTakeFirst()
  const { rows } = await sql<{ id: string }>`
    select id from rating_services
    where hall = ${hall} and closed and number is not null
      and opened_at >= (${from}::date)::timestamp at time zone ${sql.lit(ZONE)}
      and opened_at < (${to}::date + 1)::timestamp at time zone ${sql.lit(ZONE)}
    order by id limit ${POPULATION_MOST + 1}
  `.execute(trx)
  return { hallKnown: unit?.kind === 'hall', population: rows.map(({ id }) => id) }
}

/** Locked, with the seed in clear, which stands beside the register until it is drawn; null where it was erased. */
export async function loadSample(trx: Trx, id: string): Promise<SampleState> {
  const sample = (await loadStates(trx, samples, [id], { lock: true })).get(id) ?? null
  const seed = sample === null ? null : textOf((await readPersonal(trx, [sample.seed.ref])).get(sample.seed.ref))
  return { sample, seed }
}
