import type { Reader } from '../../module.ts'
import { holdersThen } from '../disposal/received.ts'
import type { Loan } from '../loans/loan.ts'
import { factsOf } from '../papers/paper-entries.ts'
import type { SidesOf } from './sides.ts'
import '../tables.ts'

/** Which of the two papers of a loan is signed, as the act of a signature counts them: F-06 as it goes out, F-07 as it comes back. */
export const LOAN_ACTS = { out: 1, back: 2 } as const

/** How one item of a loan went out, or came back: who of the store did it, when, and who signed it beside him. */
export interface LoanMove {
  readonly item: string
  readonly at: string
  readonly by: string
  readonly with: readonly string[]
}

/**
 * 调用、归还 (F-06, F-07): who gave it out of the store and who fetched it; who brought it back and who took it in. A second custodian signs on
 * the side of the store.
 * @param keeps whether somebody kept the store at that moment
 */
export function sidesOfLoan(
  { borrower }: Pick<Loan, 'borrower'>,
  act: number,
  moves: readonly LoanMove[],
  keeps: (person: string, at: string) => boolean,
): SidesOf {
  return new Map(
    moves.map(({ item, at, by, with: others }) => {
      const inside = [by, ...others.filter((person) => person !== borrower && keeps(person, at))]
      const outside = others.filter((person) => !inside.includes(person))
      return act === LOAN_ACTS.out
        ? [item, { giver: inside, taker: [borrower], receiver: false }]
        : [item, { giver: outside, taker: inside, receiver: false }]
    }),
  )
}

/** The same as its registers tell it; of what has not come back yet nothing, and nothing of an act that no loan has. */
export async function readLoanSides(db: Reader, loan: Loan, act: number): Promise<SidesOf> {
  const type = act === LOAN_ACTS.out ? 'custody.lent' : act === LOAN_ACTS.back ? 'custody.returned' : null
  if (type === null) return new Map()
  const codes = loan.lines.map(({ item }) => item)
  const moves = (await factsOf(db, codes, [type]))
    .filter(({ body }) => body.loan === loan.id)
    .map(({ actor, at, with: others, body }) => ({
      ...{ item: body.subject.slice('item/'.length), at, by: actor, with: others },
    }))
  const keeps = await holdersThen(
    db,
    { post: 'custodian', place: loan.store },
    moves.flatMap((move) => move.with),
  )
  return sidesOfLoan(loan, act, moves, keeps)
}

/** A loan by its number. */
export async function readLoan(db: Reader, id: string): Promise<Loan | null> {
  const row = await db.selectFrom('loans').select('state').where('id', '=', id).executeTakeFirst()
  return row?.state ?? null
}
