import type { Circumstances, Reader } from '../../module.ts'
import { noNames } from '../in-clear/in-clear.ts'
import { loadCaseNames } from '../in-clear/store.ts'
import { loadSigners } from '../people/signers.ts'
import { cases, inbounds } from '../projections.ts'
import { sightOf } from '../sight/sight.ts'
import { loadKnown } from '../store.ts'
import '../tables.ts'
import type { Inbound, InboundState, ListState } from './inbound.ts'
import { inboundsOfCase } from './reads.ts'

type Asking = Pick<Circumstances, 'actor' | 'with' | 'at'>

/** What an act over a list looks at, the case held fast unless nothing is written. */
export async function stateOf(
  db: Reader,
  number: string,
  inbound: Inbound | null,
  asking: Asking,
  hold = true,
): Promise<InboundState> {
  const found = await loadKnown(db, cases, [number], hold)
  const of = found.get(number)
  return {
    ...{ inbound, cases: found, sight: await sightOf(db, asking.actor, asking.at) },
    signers: await loadSigners(db, asking.with, asking.at),
    names: of === undefined ? noNames : await loadCaseNames(db, of),
  }
}

/** What entering a list looks at: beside the case, what was listed to it before. */
export async function loadListing(db: Reader, number: string, asking: Asking, hold = true): Promise<ListState> {
  return { ...(await stateOf(db, number, null, asking, hold)), before: await inboundsOfCase(db, number) }
}

/** The list, held fast; null where there is none. */
export async function loadInbound(trx: Reader, id: string): Promise<Inbound | null> {
  return (await loadKnown<Inbound>(trx, inbounds, [id], true)).get(id) ?? null
}
