import { type Day, dayOf } from '../../clock/calendar.ts'
import { drawItems, hashOfSeed } from '../../draw.ts'
import type { Actor, Circumstances, Decision, Fact, Sealed } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { draft, ratingFact } from '../rating.ts'
import { mustBeDays } from '../seeing/days.ts'
import type { Outcome } from './facts.ts'
import type { CallSampled, DrawServices, OrderSample } from './schemas.ts'

/** A drawn one who is not reached so often is not called any more. The house's own number. */
const TRIES_MOST = 3
/** Of more services a shorter period is taken: the register names every one of them. */
export const POPULATION_MOST = 3_000
/** The script that is read out; whoever changes it gives it another number. */
const SCRIPT = 1

export interface Call {
  readonly service: string
  readonly outcome: Outcome
  readonly said: Sealed | null
  readonly by: string
  readonly at: string
}

/**
 * 抽样回访: services drawn by lot from all that a hall has closed in some days. Whoever was served is called by the number of the matter, which the
 * business system knows; no telephone number is kept here. Whether he has rated is not looked at, and not known.
 */
export interface Sample {
  readonly id: string
  readonly hall: string
  readonly from: Day
  readonly to: Day
  readonly population: readonly string[]
  readonly size: number
  readonly quota: number
  readonly script: number
  readonly seedHash: string
  readonly seed: Sealed
  /** The entry that ordered it, whose hash goes into the draw. */
  readonly ordered: { readonly by: string; readonly at: string; readonly seq: number; readonly hash: string }
  readonly drawn: {
    readonly by: string
    readonly at: string
    readonly seed: string
    readonly services: readonly string[]
  } | null
  readonly calls: readonly Call[]
}

/** What one more fact makes of a sample: ordered with its seed sealed, drawn with it in the open, then its calls in order. */
export function evolveSample(sample: Sample | null, raw: Fact): Sample | null {
  const fact = ratingFact(raw)
  const { actor: by, at, seq, hash } = fact
  if (fact.type === 'rating.sample-ordered') {
    const { subject, hall, from, to, population, size, quota, script, seedHash, seed } = fact.body
    return {
      ...{ id: subject.slice('sample/'.length), hall, from, to, population, size, quota, script, seedHash, seed },
      ...{ ordered: { by, at, seq, hash }, drawn: null, calls: [] },
    }
  }
  if (sample === null) return null
  switch (fact.type) {
    case 'rating.sample-drawn':
      return { ...sample, drawn: { by, at, seed: fact.body.seed, services: fact.body.services } }
    case 'rating.sample-called': {
      const { service, outcome, said } = fact.body
      return { ...sample, calls: [...sample.calls, { service, outcome, said, by, at }] }
    }
    default:
      return sample
  }
}

/** Supervisors order, draw and call; nobody of the hall does. */
export function maySample({ appointments }: Actor): boolean {
  return appointments.some(({ post }) => post === 'supervisor')
}

export interface OrderState {
  readonly hallKnown: boolean
  /** Closed services of these days that have a number, in the order of their ids. */
  readonly population: readonly string[]
}

/**
 * A sample is ordered: from which services is fixed by this very entry, and the hash of the seed; the draw comes after.
 * @throws Refusal `rating.unknown-hall`, `rating.wrong-days`, `rating.days-not-over`, `rating.sample-wide`, `rating.sample-few`, `rating.sample-quota`
 */
export function orderSample(
  { hallKnown, population }: OrderState,
  { hall, from, to, size, quota }: OrderSample,
  { at, mint }: Circumstances,
): Decision {
  if (!hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  mustBeDays({ from, to })
  if (to > dayOf(at)) throw new Refusal('rating.days-not-over', { to })
  if (population.length > POPULATION_MOST) throw new Refusal('rating.sample-wide', { most: String(POPULATION_MOST) })
  if (population.length < size) throw new Refusal('rating.sample-few', { count: String(population.length) })
  if (quota > size) throw new Refusal('rating.sample-quota')
  const seed = mint.seed()
  const sample = mint.id()
  const body = {
    ...{ hall, from, to, population, size, quota, script: SCRIPT },
    ...{ seedHash: hashOfSeed(seed), seed: mint.seal(seed) },
  }
  return { facts: [draft(hall, 'rating.sample-ordered', `sample/${sample}`, body)], result: { sample } }
}

export interface SampleState {
  readonly sample: Sample | null
  /** As it stands beside the register. */
  readonly seed: string | null
}

/**
 * The seed is told, and with it everything is drawn that follows from it.
 * @throws Refusal `rating.unknown-sample`, `rating.sample-drawn`
 */
export function drawServices({ sample, seed }: SampleState, { sample: id }: DrawServices): Decision {
  if (sample === null) throw new Refusal('rating.unknown-sample', { sample: id })
  if (sample.drawn !== null) throw new Refusal('rating.sample-drawn')
  if (seed === null || hashOfSeed(seed) !== sample.seedHash) throw new Error(`the seed of ${id} is not its own`)
  const services = drawItems(sample.population, { seed, orderHash: sample.ordered.hash, size: sample.size })
  return { facts: [draft(sample.hall, 'rating.sample-drawn', `sample/${id}`, { seed, services })] }
}

/** How often each that was drawn has been called, and whether he is to be called again. */
export function callsOf({ calls }: Pick<Sample, 'calls'>, service: string): { tries: number; over: boolean } {
  const own = calls.filter((one) => one.service === service)
  return {
    tries: own.length,
    over: own.length >= TRIES_MOST || own.some(({ outcome }) => outcome !== 'unreached'),
  }
}

/**
 * What became of a call. What was said is sealed beside the register; it is shown in sums alone, once nobody is to be called any more.
 * @throws Refusal `rating.unknown-sample`, `rating.sample-not-drawn`, `rating.sample-not-in-it`, `rating.sample-called`, `rating.sample-said`
 */
export function callSampled(
  { sample }: Pick<SampleState, 'sample'>,
  { sample: id, service, outcome, said }: CallSampled,
  { mint }: Circumstances,
): Decision {
  if (sample === null) throw new Refusal('rating.unknown-sample', { sample: id })
  if (sample.drawn === null) throw new Refusal('rating.sample-not-drawn')
  if (!sample.drawn.services.includes(service)) throw new Refusal('rating.sample-not-in-it')
  if (callsOf(sample, service).over) throw new Refusal('rating.sample-called')
  if ((outcome === 'answered') !== (said !== null)) throw new Refusal('rating.sample-said')
  const body = { service, outcome, said: said === null ? null : mint.seal(said) }
  return { facts: [draft(sample.hall, 'rating.sample-called', `sample/${id}`, body)] }
}
