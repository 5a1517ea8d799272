import { sql } from 'kysely'
import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf } from '../../names.ts'
import { Refusal } from '../../refusal.ts'
import type { Page } from '../../schemas.ts'
import type { Rate } from '../protocol.ts'
import { isSatisfied } from '../questionnaire.ts'
import { hallRegister } from '../rating.ts'
import { wilson } from '../statistics.ts'
import { LEAST_BALLOTS } from '../tally.ts'
import '../tables.ts'
import type { SampledService, SampleResults, ShownSampling } from './protocol.ts'
import { callsOf, type Sample } from './sample.ts'
import type { CallSaid } from './schemas.ts'

/** Those of a hall, the latest first: a page of them. */
export async function listSamples(db: Reader, hall: string, { limit, after }: Page): Promise<ShownSampling[]> {
  const { rows } = await sql<{ state: Sample }>`
    select state from rating_samples
    where hall = ${hall} and (${after}::text is null
      or (ordered_at, id) < (select ordered_at, id from rating_samples where id = ${after} and hall = ${hall}))
    order by ordered_at desc, id desc limit ${limit}
  `.execute(db)
  const all = rows.map(({ state }) => state)
  const people = all.flatMap(({ ordered, drawn }) => [ordered.by, ...(drawn === null ? [] : [drawn.by])])
  const name = await namesOf(db, [`unit/${hall}`, ...people.map((one) => `person/${one}`)])
  const person = (id: string) => ({ id, name: name(`person/${id}`).name })
  return all.map((one) => {
    const { population, ordered, drawn } = one
    const ended = (outcome: string): number => one.calls.filter((call) => call.outcome === outcome).length
    const [answered, declined] = [ended('answered'), ended('declined')]
    const over = drawn === null ? 0 : drawn.services.filter((service) => callsOf(one, service).over).length
    return {
      ...{ id: one.id, hall: { id: hall, name: name(`unit/${hall}`).name }, from: one.from, to: one.to },
      ...{ population: population.length, size: one.size, quota: one.quota, script: one.script },
      seedHash: one.seedHash,
      ordered: { ...ordered, by: person(ordered.by), register: hallRegister(hall) },
      drawn: drawn === null ? null : { by: person(drawn.by), at: drawn.at, seed: drawn.seed },
      ...{ answered, declined, unreached: over - answered - declined, open: one.size - over },
    }
  })
}

/** @throws Refusal `rating.unknown-sample` */
export async function sampleOf(db: Reader, id: string): Promise<Sample> {
  const found = await db.selectFrom('rating_samples').select('state').where('id', '=', id).executeTakeFirst()
  if (found === undefined) throw new Refusal('rating.unknown-sample', { sample: id })
  return found.state
}

/** Who was drawn, in the order of their lots: a page of them. */
export async function listSampled(db: Reader, sample: Sample, { limit, after }: Page): Promise<SampledService[]> {
  const all = sample.drawn?.services ?? []
  const page = all.slice(after === null ? 0 : all.indexOf(after) + 1).slice(0, limit)
  const { rows } = await sql<{ id: string; number: string; opened_at: string; matter: string }>`
    select s.id, s.number, s.opened_at, coalesce(m.name, s.matter) as matter
    from rating_services s left join rating_matters m on m.id = s.matter where s.id = any(${page}::text[])
  `.execute(db)
  const name = await namesOf(
    db,
    sample.calls.map(({ by }) => `person/${by}`),
  )
  return page.flatMap((service) => {
    const found = rows.find(({ id }) => id === service)
    if (found === undefined) return []
    const calls = sample.calls
      .filter((call) => call.service === service)
      .map(({ by, at, outcome }) => ({ by: { id: by, name: name(`person/${by}`).name }, at, outcome }))
    const { number, opened_at: openedAt, matter } = found
    return [{ service, number, openedAt, matter, ...callsOf(sample, service), calls }]
  })
}

/**
 * What was answered, once nobody is to be called any more: earlier, two looks would tell what the one between them said. What was lawfully erased
 * is in no figure.
 * @throws Refusal `rating.sample-open`
 */
export async function readSampleResults(db: Reader, sample: Sample): Promise<SampleResults> {
  if (sample.drawn === null || sample.drawn.services.some((service) => !callsOf(sample, service).over))
    throw new Refusal('rating.sample-open')
  const refs = sample.calls.flatMap(({ said }) => said?.ref ?? [])
  const contents = await readPersonal(db, refs)
  const said = refs.flatMap((ref) => {
    const content = contents.get(ref)
    return content === undefined || content === null ? [] : [content as unknown as CallSaid]
  })
  const answersTo = (of: (one: CallSaid) => boolean | null): (boolean | null)[] => said.map(of)
  return {
    answered: said.length,
    satisfied: rateOf(answersTo(({ level }) => isSatisfied(level))),
    toldAtOnce: rateOf(answersTo(({ toldAtOnce }) => toldAtOnce)),
    clean: rateOf(answersTo(({ clean }) => clean)),
  }
}

function rateOf(answers: readonly (boolean | null)[]): Rate | null {
  const given = answers.filter((one) => one !== null)
  const good = given.filter(Boolean).length
  const interval = wilson(good, given.length)
  return interval === null || given.length < LEAST_BALLOTS ? null : { good, n: given.length, ...interval }
}
