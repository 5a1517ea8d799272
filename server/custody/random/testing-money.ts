import type { Item } from '../items/item.ts'
import type { ChainEntry } from '../protocol.ts'
import type { CustodyCommand } from '../testing-commands.ts'

/** What the goods of a sale bring, in fen. */
export const PRICE_FEN = 500_000

/** What is owed in a tax case, as an officer says it. */
export function owing(number: string, amount_fen: number): CustodyCommand {
  return {
    ...({ type: 'custody.state-target', case: number, lateFee_fen: 0, costs_fen: 0 } as const),
    ...{ amount_fen: Math.max(1, amount_fen), document: '税处〔2026〕1号' },
  }
}

/** So much of the money of a sale is set aside to go back: mostly a part of it, now and then all of it or more than is over. */
export function dividing({ code, proceeds }: Item, odd: number): CustodyCommand {
  const amount_fen = proceeds?.amount_fen ?? PRICE_FEN
  const surplus_fen = odd % 10 === 0 ? amount_fen : Math.max(1, Math.floor((amount_fen * (odd % 7)) / 7))
  return { type: 'custody.divide-money', items: [{ item: code, surplus_fen }], reason: '退还余款' }
}

/** Money of a sale goes back, or pays what is owed. */
export function proposalOfMoney(items: readonly string[], odd: number): CustodyCommand {
  const base = { type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '建议如此办理' } as const
  return odd % 2 === 0
    ? { ...base, way: 'RETURN', destination: 'holder', ground: 'decided' }
    : { ...base, way: 'RECOVER', destination: 'treasury', reviewUnit: 'review' }
}

/**
 * What must hold of the money of a case's sales, by the items and the entries of their lives: what was divided is the same together to the fen,
 * one part that pays and one that goes back, under the voucher of the bank that it came by; and all that is not divided is what the sales
 * brought.
 */
export function faultsOfMoney(items: readonly Item[], lives: ReadonlyMap<string, readonly ChainEntry[]>): string[] {
  const known = new Map(items.map((item) => [item.code, item]))
  const money = items.filter(({ proceeds }) => proceeds !== undefined)
  const faults = money.flatMap(({ code, proceeds, succeeded }) => {
    if (succeeded === undefined) return []
    const parts = succeeded.into.map((part) => known.get(part))
    const shares = parts.map((part) => part?.share ?? 'none').join()
    const sum = parts.reduce((total, part) => total + (part?.proceeds?.amount_fen ?? 0), 0)
    const isOne = parts.every((part) => part?.proceeds?.voucher === proceeds?.voucher)
    const isSome = parts.every((part) => (part?.proceeds?.amount_fen ?? 0) > 0)
    return [
      ...(shares === 'covered,surplus' ? [] : [`${code} became ${shares}`]),
      ...(sum === proceeds?.amount_fen ? [] : [`${code}: ${proceeds?.amount_fen} fen became ${sum}`]),
      ...(isOne && isSome ? [] : [`${code} was divided into nothing, or under another voucher`]),
    ]
  })
  const brought = [...lives.values()].flat().filter(({ type }) => type === 'custody.proceeds-deposited')
  const sold_fen = brought.reduce((total, { body }) => total + Number((body as { amount_fen: number }).amount_fen), 0)
  const left = money.filter(({ succeeded }) => succeeded === undefined)
  const left_fen = left.reduce((total, { proceeds }) => total + (proceeds?.amount_fen ?? 0), 0)
  return left_fen === sold_fen ? faults : [...faults, `the sales brought ${sold_fen} fen, their money is ${left_fen}`]
}
