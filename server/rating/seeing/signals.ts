import { chanceOfAtLeast, wilson } from '../statistics.ts'
import { addDays } from '../../clock/calendar.ts'
import { type CountedFlag, raisedOf } from '../flags/flags.ts'
import type { ServedDay } from './figures.ts'
import { within } from './look.ts'
import type { Days, Response, Signal } from './protocol.ts'

/** A clerk, and the rest of the hall, is judged from so many services on. */
const SIGNAL_LEAST = 30
/** One-sided: the tail beyond the outer limit of a funnel. */
const SIGNAL_TAIL = 0.001
/** A counter without a vote is told of after so many services within so many days. */
const STILL_ASKED = 20
const STILL_DAYS = 7
/** Nobody is served in less; the house's own number. */
export const FASTEST_SERVICE_MS = 20_000
/** So many services, each opened sooner than that after the one before, are told of. */
const HURRIED_LEAST = 5

/** Services of a clerk in all, and those that were opened sooner than anybody can serve after the one before. */
export interface Pace {
  readonly clerk: string
  readonly services: number
  readonly hurried: number
  /** Opened outside the hours of the hall. */
  readonly outside: number
}

/**
 * What is odd about who was asked and who rated; nothing of it needs to know a vote. Many silent services hide bad votes, too few are a sign of
 * votes that no citizen cast, services at a run of services that nobody had (reliability.md 2 e). Every one is told to a person; none is
 * taken away.
 */
export function signalsOf(
  served: readonly ServedDay[],
  paces: readonly Pace[],
  flags: readonly CountedFlag[],
  days: Days,
  nameOf: { readonly clerk: (id: string) => string; readonly counter: (id: string) => string },
): Signal[] {
  const own = within(served, days)
  const silences = silencesOf(own).map((found): Signal => ({ ...found, about: 'clerk', name: nameOf.clerk(found.id) }))
  const hurried = paces
    .filter((pace) => pace.hurried >= HURRIED_LEAST)
    .map((pace): Signal => ({
      ...{ kind: 'hurried', about: 'clerk', id: pace.clerk, name: nameOf.clerk(pace.clerk) },
      ...{ count: pace.hurried, of: pace.services, expected: null, chance: null },
    }))
  const outside = paces
    .filter((pace) => pace.outside > 0)
    .map((pace): Signal => ({
      ...{ kind: 'outside', about: 'clerk', id: pace.clerk, name: nameOf.clerk(pace.clerk) },
      ...{ count: pace.outside, of: pace.services, expected: null, chance: null },
    }))
  const last = within(own, { from: addDays(days.to, 1 - STILL_DAYS), to: days.to })
  const still = [...Map.groupBy(last, ({ group }) => group.counter)].flatMap(([id, of]): Signal[] => {
    const { asked, rated } = sumOf(of)
    if (asked < STILL_ASKED || rated > 0) return []
    return [
      {
        ...{ kind: 'still', about: 'counter', id, name: nameOf.counter(id) },
        ...{ count: 0, of: asked, expected: null, chance: null },
      },
    ]
  })
  const flagged = raisedOf(flags).map(({ counter: id, kind, n, days: of }): Signal => ({
    ...{ kind, about: 'counter', id, name: nameOf.counter(id), count: n, of },
    ...{ expected: null, chance: null },
  }))
  return [...silences, ...hurried, ...outside, ...still, ...flagged]
}

type Silence = Pick<Signal, 'id' | 'count' | 'of' | 'expected'> & {
  readonly kind: 'silent' | 'eager'
  readonly chance: number
}

/** The oddest clerk first, and each further one against those that are left: otherwise one odd clerk would make the others look odd. */
function silencesOf(served: readonly ServedDay[]): Silence[] {
  const found: Silence[] = []
  const left = new Map(
    [...Map.groupBy(served, ({ group }) => group.clerk)].map(([id, of]): [string, Response] => [id, sumOf(of)]),
  )
  for (;;) {
    const all = sumOf([...left.values()])
    const odd = [...left].flatMap(([id, one]) => {
      const silence = silenceOf(one, { asked: all.asked - one.asked, rated: all.rated - one.rated })
      return silence === null ? [] : [{ id, ...silence }]
    })
    const oddest = odd.toSorted((one, other) => one.chance - other.chance)[0]
    if (oddest === undefined) return found
    found.push(oddest)
    left.delete(oddest.id)
  }
}

/** Against what the others may truly be: the near end of the interval of their rate, so that few others accuse nobody. */
function silenceOf(one: Response, rest: Response): Omit<Silence, 'id'> | null {
  if (one.asked < SIGNAL_LEAST || rest.asked < SIGNAL_LEAST) return null
  const others = wilson(rest.rated, rest.asked)
  if (others === null) return null
  const silent = chanceOfAtLeast(one.asked - one.rated, one.asked, 1 - others.low)
  const eager = chanceOfAtLeast(one.rated, one.asked, others.high)
  const usual = rest.rated / rest.asked
  if (silent < SIGNAL_TAIL)
    return {
      ...{ kind: 'silent', count: one.asked - one.rated, of: one.asked },
      ...{ expected: one.asked * (1 - usual), chance: silent },
    }
  if (eager < SIGNAL_TAIL)
    return { ...{ kind: 'eager', count: one.rated, of: one.asked }, expected: one.asked * usual, chance: eager }
  return null
}

function sumOf(all: readonly Response[]): Response {
  return {
    asked: all.reduce((sum, one) => sum + one.asked, 0),
    rated: all.reduce((sum, one) => sum + one.rated, 0),
  }
}
