import type { Circumstances, Decision, Fact, FactDraft } from '../module.ts'
import { Refusal } from '../refusal.ts'
import { draft, ratingFact } from './rating.ts'
import type { ListMatter, SignOff, SignOn } from './schemas.ts'

/** A thing that is done at the counters of a hall. */
export interface Matter {
  readonly id: string
  readonly hall: string
  readonly name: string
}

/** What a service is about where nobody said: every hall has it. */
export const GENERAL_MATTER = 'general'

/** A matter is listed once and never called otherwise: what was rated names it by its id. */
export function evolveMatter(matter: Matter | null, raw: Fact): Matter | null {
  const fact = ratingFact(raw)
  if (fact.type !== 'rating.matter-listed') return matter
  const { subject, hall, name } = fact.body
  return { id: subject.slice('matter/'.length), hall, name }
}

/** A counter, and who works there now; null where nobody does. */
export interface Counter {
  readonly hall: string
  readonly clerk: string | null
}

/** Who works there now. Who did before is told by the register alone (`sign-ons/`). */
export function evolveCounter(counter: Counter | null, raw: Fact): Counter | null {
  const fact = ratingFact(raw)
  switch (fact.type) {
    case 'rating.signed-on':
      return { hall: fact.body.hall, clerk: fact.body.clerk }
    case 'rating.signed-off':
      return { hall: fact.body.hall, clerk: null }
    default:
      return counter
  }
}

export interface ListMatterState {
  /** The hall is a unit of that kind. */
  readonly hallKnown: boolean
  readonly matter: Matter | null
}

/** @throws Refusal `rating.unknown-hall`, `rating.not-your-hall`, `rating.matter-there` */
export function listMatter(
  { hallKnown, matter }: ListMatterState,
  command: ListMatter,
  { actor }: Circumstances,
): Decision {
  const { hall, matter: id, name } = command
  if (!hallKnown) throw new Refusal('rating.unknown-hall', { hall })
  if (!actor.appointments.some(({ post, place }) => post === 'manager' && place === hall))
    throw new Refusal('rating.not-your-hall', { unit: hall })
  if (matter !== null || id === GENERAL_MATTER) throw new Refusal('rating.matter-there', { matter: id })
  return { facts: [draft(hall, 'rating.matter-listed', `matter/${id}`, { hall, name })] }
}

/** A counter as it is set up, and who is there. */
export interface CounterState {
  readonly station: { readonly id: string; readonly hall: string } | null
  readonly counter: Counter | null
  /** Another counter where the one who acts is signed on. */
  readonly elsewhere: { readonly id: string; readonly hall: string } | null
}

/** Of a counter that is not there and one of another hall the answer is one. */
export function hallOf({ station }: Pick<CounterState, 'station'>, counter: string): string {
  if (station === null) throw new Refusal('rating.unknown-counter', { counter })
  return station.hall
}

/**
 * 上岗: from now on what is done at this counter is this clerk's. Whoever was there no longer is, and neither is he where he was.
 * @throws Refusal `rating.unknown-counter`, `rating.not-a-clerk`, `rating.signed-on-elsewhere` (in another hall)
 */
export function signOn(state: CounterState, { counter }: SignOn, { actor }: Circumstances): Decision {
  const hall = hallOf(state, counter)
  if (!actor.appointments.some(({ post, place }) => post === 'clerk' && place === hall))
    throw new Refusal('rating.not-a-clerk', { unit: hall })
  if (state.counter?.clerk === actor.person) return { facts: [] }
  const { elsewhere } = state
  if (elsewhere !== null && elsewhere.hall !== hall)
    throw new Refusal('rating.signed-on-elsewhere', { counter: elsewhere.id })
  const left: FactDraft[] =
    elsewhere === null
      ? []
      : [draft(hall, 'rating.signed-off', `counter/${elsewhere.id}`, { hall, clerk: actor.person })]
  return { facts: [...left, draft(hall, 'rating.signed-on', `counter/${counter}`, { hall, clerk: actor.person })] }
}

/** @throws Refusal `rating.unknown-counter`, `rating.not-yours` */
export function signOff(state: CounterState, { counter }: SignOff, { actor }: Circumstances): Decision {
  const hall = hallOf(state, counter)
  if (state.counter?.clerk !== actor.person) throw new Refusal('rating.not-yours', { counter })
  return { facts: [draft(hall, 'rating.signed-off', `counter/${counter}`, { hall, clerk: actor.person })] }
}
