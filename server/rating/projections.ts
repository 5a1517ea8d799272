import { type Projection, projection } from '../module.ts'
import { type Counter, evolveCounter, evolveMatter, type Matter } from './counters.ts'
import { evolveFollowUp, type FollowUp } from './follow-ups.ts'
import { evolveRanking, type Ranking } from './rankings/ranking.ts'
import { evolveService, type Service } from './services.ts'
import './tables.ts'

function there<S>(id: string, state: S | null): S {
  if (state === null) throw new Error(`${id} does not begin with its first fact`)
  return state
}

export const matters: Projection<Matter | null> = {
  kind: 'matter',
  table: 'rating_matters',
  initial: null,
  evolve: evolveMatter,
  columns: (id, state) => {
    const { hall, name } = there(id, state)
    return { hall, name }
  },
}

export const counters: Projection<Counter | null> = {
  kind: 'counter',
  table: 'rating_counters',
  initial: null,
  evolve: evolveCounter,
  columns: (id, state) => {
    const { hall, clerk } = there(id, state)
    return { hall, clerk }
  },
}

export const services: Projection<Service | null> = {
  kind: 'service',
  table: 'rating_services',
  initial: null,
  evolve: evolveService,
  columns: (id, state) => {
    const { hall, counter, clerk, matter, number, openedAt, offered, closed } = there(id, state)
    return {
      ...{ hall, counter, clerk, matter, number, opened_at: openedAt, closed },
      ...{ grp: offered?.group ?? null, expires_at: offered?.expiresAt ?? null },
    }
  },
}

export const followUps: Projection<FollowUp | null> = {
  kind: 'follow-up',
  table: 'rating_follow_ups',
  initial: null,
  evolve: evolveFollowUp,
  columns: (id, state) => {
    const { hall, clerk, handler, status, askedAt } = there(id, state)
    return { hall, clerk, handler, status, asked_at: askedAt }
  },
}

export const rankings: Projection<Ranking | null> = {
  kind: 'ranking',
  table: 'rating_rankings',
  initial: null,
  evolve: evolveRanking,
  columns: (id, state) => {
    const { hall, status, frozen } = there(id, state)
    return { hall, status, frozen_at: frozen.at }
  },
}

export const projections = [
  projection(rankings),
  projection(followUps),
  projection(matters),
  projection(counters),
  projection(services),
]
