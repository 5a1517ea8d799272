import { readPersonal } from '../../ledger/personal.ts'
import type { Reader } from '../../module.ts'
import { namesOf, textOf } from '../../names.ts'
import type { CaseAccount } from '../protocol.ts'
import type { Item } from '../items/item.ts'
import { mayPay, openOf } from './recourse.ts'

/**
 * What the organ paid for things of a case that a third party kept and what came back, and the things for which it may. Who was paid and what
 * was lost is sealed: the read is to be recorded.
 */
export async function recourseOfCase(db: Reader, all: readonly Item[]): Promise<CaseAccount['recourse']> {
  const payable = all.filter(mayPay).map(({ code }) => code)
  const paid = all.flatMap(({ code, compensations = [] }) =>
    compensations.map((one, index) => ({ ...one, item: code, nth: index + 1 })),
  )
  if (paid.length === 0) return { payable, payments: [] }
  const contents = await readPersonal(
    db,
    paid.flatMap(({ payee, loss }) => [payee.ref, loss.ref]),
  )
  const named = await namesOf(
    db,
    paid.flatMap(({ by, finance, recovered, writtenOff }) => [
      ...[by, finance, ...recovered.map((back) => back.by)].map((person) => `person/${person}`),
      ...(writtenOff === undefined ? [] : [`person/${writtenOff.approver}`]),
    ]),
  )
  const payments = paid.map((one) => {
    const { item, nth, amount_fen, voucher, payee, loss, finance, by, at, recovered, writtenOff } = one
    return {
      ...{ item, nth, amount_fen, open_fen: openOf(one), voucher, at },
      ...{ payee: textOf(contents.get(payee.ref)), loss: textOf(contents.get(loss.ref)) },
      ...{ finance: named(`person/${finance}`), by: named(`person/${by}`) },
      recovered: recovered.map((back) => ({
        ...{ amount_fen: back.amount_fen, voucher: back.voucher, by: named(`person/${back.by}`), at: back.at },
      })),
      writtenOff:
        writtenOff === undefined
          ? null
          : {
              ...{ amount_fen: writtenOff.amount_fen, at: writtenOff.at },
              approver: named(`person/${writtenOff.approver}`),
            },
    }
  })
  return { payable, payments }
}
