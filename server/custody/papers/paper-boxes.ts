import type { Reader } from '../../module.ts'
import type { Item } from '../items/item.ts'
import { factsOfBox } from './paper-entries.ts'
import { localMinute } from './paper-words.ts'

/** What the two papers of a loan say of the box that it was of (整箱调用); nothing of a loan of single things. */
interface BoxOnPaper {
  /** What F-06 says of it: which box, under which seal, with how much in it. */
  readonly out: readonly BoxFact[]
  /** What F-07 says of it: besides, whether it is back and what its seal was found to be. */
  readonly back: readonly BoxFact[]
}

interface BoxFact {
  readonly name: string
  readonly value: string
}

/**
 * As the registers have it. What lies in it stands in the table of the paper, item by item: all that was lent on the loan.
 * @param container null where the loan was of single things
 */
export async function boxOnPaper(db: Reader, loan: string, container: string | null): Promise<BoxOnPaper> {
  if (container === null) return { out: [], back: [] }
  const facts = (await factsOfBox(db, container)).filter(({ body }) => !('loan' in body) || body.loan === loan)
  const added = facts.find(({ type }) => type === 'custody.container-added')
  const lent = facts.find(({ type }) => type === 'custody.container-lent')
  const returned = facts.find(({ type }) => type === 'custody.container-returned')
  const name = added?.type === 'custody.container-added' ? added.body.name : ''
  const { items, seal } = lent?.type === 'custody.container-lent' ? lent.body : { items: 0, seal: null }
  const box = { name: '整箱调用', value: `${name}（${container}），箱内 ${items} 件，逐件列于下表` }
  const wore = seal === null ? '出库时未加封' : `${seal}，出库时完好`
  return {
    out: [box, { name: '容器封条', value: wore }],
    back: [
      box,
      { name: '容器封条', value: returned?.type === 'custody.container-returned' ? found(returned.body, seal) : wore },
      { name: '容器归还', value: returned === undefined ? '尚未归还' : localMinute(returned.at) },
    ],
  }
}

function found(
  { seal, items }: { readonly seal: 'intact' | 'broken' | 'none'; readonly items: number },
  number: string | null,
): string {
  switch (seal) {
    case 'intact':
      return `${number ?? ''}，归还时完好，箱内 ${items} 件随封接收`
    case 'broken':
      return `${number ?? ''}，归还时破损或不符，箱内物品逐件核对`
    case 'none':
      return '出库时未加封，箱内物品逐件核对'
  }
}

/** The box of a loan by one of its things as it went out; null for a loan of single things. */
export function boxLent(
  lent: readonly { readonly body: { readonly inBox?: { readonly container: string } } }[],
): string | null {
  return lent[0]?.body.inBox?.container ?? null
}

/**
 * What becomes of the word at the foot of F-07: what came under a whole seal was not looked at thing by thing, and what is still out was not at
 * all.
 */
export function comparedOnPaper(
  items: readonly Pick<Item, 'code'>[],
  sealedIn: ReadonlySet<string>,
  left: number,
): string {
  const unseen = items.filter(({ code }) => sealedIn.has(code)).length
  const out = left === 0 ? '' : '；标明未归还的，尚未归还'
  const all = left === 0 ? '以上' : '已归还的'
  if (unseen === 0) return `${all}财物已与出库时的状况逐项核对，情况如表所列${out}。`
  const under = '容器封条经核对完好，箱内财物随原封接收，未开箱逐件核对'
  return unseen === items.length
    ? `${under}${out}。`
    : `${under}；其余归还的财物已与出库时的状况逐项核对，情况如表所列${out}。`
}
