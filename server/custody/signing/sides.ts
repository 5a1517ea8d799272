import type { Reader } from '../../module.ts'
import { type Disposal, papersOf } from '../disposal/disposal.ts'
import { readDisposal } from '../disposal/reads.ts'
import { type Received, receivedOn } from '../disposal/received.ts'
import type { HandoverList } from '../intake/lists.ts'
import { readList } from '../reads.ts'
import { readLoan, readLoanSides } from './loan-sides.ts'

/** Who has a place on a paper because of one item: by id who handed it over and who took it over, and whether somebody received it for good. */
export interface Sides {
  readonly giver: readonly string[]
  readonly taker: readonly string[]
  readonly receiver: boolean
}

/** By item; what no longer passes on by the paper is absent. */
export type SidesOf = ReadonlyMap<string, Sides>

export const noSides: SidesOf = new Map()

/** 移交、接收 (F-04, F-05): of each line who submitted it or signed it over, and which custodian received it; none of what was sent back. */
export function sidesOfList(
  list: HandoverList,
  received: ReadonlyMap<string, Pick<Received, 'receiver' | 'givers'>>,
): SidesOf {
  return new Map(
    list.lines
      .filter(({ outcome }) => outcome === 'pending' || outcome === 'checked-in')
      .map(({ item }) => {
        const one = received.get(item)
        const giver = [...new Set([list.submittedBy, ...(one?.givers ?? [])])]
        return [item, { giver, taker: one === undefined ? [] : [one.receiver], receiver: false }]
      }),
  )
}

/** 返还、移送、销毁 (F-08, F-11, F-12, F-14): who carried the act out or watched it, and who received; none where its way has no such paper. */
export function sidesOfAct(disposal: Disposal, nth: number): SidesOf {
  const act = disposal.acts[nth - 1]
  if (act === undefined || papersOf(disposal).length === 0) return noSides
  const side = { giver: [act.by, ...act.with], taker: [], receiver: act.receiver !== null }
  return new Map(act.items.map((item) => [item, side]))
}

/** Of a list, of an act of a disposal or of a loan's way out or back; none where there is no such paper. */
export async function readSides(db: Reader, code: string, act: number | null): Promise<SidesOf> {
  if (act === null) {
    const list = await readList(db, code)
    return list === null ? noSides : sidesOfList(list, await receivedOn(db, list))
  }
  const disposal = await readDisposal(db, code)
  if (disposal !== null) return sidesOfAct(disposal, act)
  const loan = await readLoan(db, code)
  return loan === null ? noSides : readLoanSides(db, loan, act)
}
