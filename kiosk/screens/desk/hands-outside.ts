/** Who may carry out a disposal of what no store keeps, told before it is proposed; the act itself decides. Pure. */

import type { ItemSummary } from '../../../server/custody/protocol.ts'
import type { ListedPerson } from '../../custody/directory.svelte.ts'
import type { Track } from './forms.ts'
import { asksFinance } from './signing.ts'

/** What stays where it was found, or with who has it. */
const OUTSIDE: readonly string[] = ['IN_PLACE', 'HOLDER_KEEPS', 'THIRD_PARTY']

interface Asked {
  readonly items: readonly Pick<ItemSummary, 'code' | 'custody'>[]
  readonly way: string
  readonly track: Track
  readonly unit: string
  /** Of the case, by id. */
  readonly officers: readonly string[]
  /** Who proposes: he neither carries it out nor signs. */
  readonly proposer: string
  readonly people: readonly ListedPerson[]
  /** How many of the staff sign a disposal. */
  readonly staff: number
}

export interface HandsOutside {
  /** What no store keeps. */
  readonly items: readonly string[]
  /** Officers who may, by name. */
  readonly could: readonly string[]
  /** Whether these are officers of the department who are none of the case: who inspects a tax case executes nothing. */
  readonly ofDepartment: boolean
  /** How many are wanting. */
  readonly short: number
}

/** Null where nothing of it is kept outside, where no way is chosen yet, and for what is destroyed, which keepers alone do. */
export function handsOutside(asked: Asked): HandsOutside | null {
  const { way, track, unit, officers, proposer, people, staff } = asked
  const items = asked.items.filter(({ custody }) => OUTSIDE.includes(custody.value)).map(({ code }) => code)
  if (items.length === 0 || way === '' || way === 'DESTROY') return null
  const ofDepartment = track === 'TAX' && way !== 'RETURN'
  const could = people.filter(
    ({ id, active, posts }) =>
      active &&
      id !== proposer &&
      officers.includes(id) !== ofDepartment &&
      posts.some(({ post, place }) => post === 'officer' && place === unit),
  )
  const needed = asksFinance(way) ? staff - 1 : staff
  return { items, could: could.map(({ name }) => name), ofDepartment, short: Math.max(0, needed - could.length) }
}
