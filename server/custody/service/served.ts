import type { Sealed } from '../../module.ts'
import type { Track } from '../axes.ts'
import type { CustodyFact } from '../custody.ts'
import type { Paper } from '../papers/papers.ts'
import { rules } from '../rules.ts'
import type { ServiceWay } from './ways.ts'

/** One service of a paper, as its receipt tells it. */
export type Service = {
  readonly way: ServiceWay
  readonly servedAt: string
  readonly countsFrom: string
  /** By field of the receipt, beside the register. */
  readonly told: Sealed
  readonly scan: string | null
  readonly by: string
  readonly at: string
}

/** Whether a paper is to be served, by the tracks of its cases. */
export function isServed(kind: Paper['kind'], tracks: readonly Track[]): boolean {
  return tracks.some((track) => (rules.served_papers.value[track] as readonly string[]).includes(kind))
}

/** The paper with one more service. */
export function evolveService(paper: Paper, fact: Extract<CustodyFact, { type: 'custody.paper-served' }>): Paper {
  const { way, servedAt, countsFrom, told, scan } = fact.body
  const one: Service = { way: way as ServiceWay, servedAt, countsFrom, told, scan, by: fact.actor, at: fact.at }
  return { ...paper, services: [...(paper.services ?? []), one] }
}
