import type { Fact } from '../../module.ts'
import type { Words } from '../../refusal.ts'
import type { CustodyStatus } from '../axes.ts'
import type { DisposalType } from '../disposal/types.ts'
import { evolveItem } from '../items/items.ts'
import type { Item } from '../items/item.ts'

/**
 * 一案一账 in double entry (rules C-12, C-13): every act that brings an item somewhere takes it from one account and puts it into another,
 * in pieces, fen and milligrams. `taken`, `adjusted`, `regrouped`, `proceeds` and `from-cases` are where things come from, the rest is where they are. Splitting and merging
 * change how many pieces there are, and nothing else.
 */
export const accountWords = {
  taken: { zh: '登记在案', en: 'Taken' },
  adjusted: { zh: '复称、更正差额', en: 'Weighed or put right later' },
  regrouped: { zh: '拆分、合并', en: 'Split and merged' },
  proceeds: { zh: '变卖（拍卖）所得', en: 'Brought by sales' },
  'from-cases': { zh: '他案转入', en: 'From other cases' },
  'with-department': { zh: '承办部门暂存', en: 'With the case department' },
  pending: { zh: '移交途中', en: 'On the way to a store' },
  'in-store': { zh: '在库', en: 'In store' },
  deposited: { zh: '专用账户', en: 'In the special account' },
  elsewhere: { zh: '原地封存、委托保管', en: 'Kept in place or by others' },
  'on-loan': { zh: '调用在外', en: 'Out on loan' },
  'at-appraisal': { zh: '送鉴定', en: 'At appraisal' },
  returned: { zh: '已返还', en: 'Returned' },
  'transferred-kept': { zh: '已随案移送，实物未移', en: 'Transferred on paper, still kept' },
  transferred: { zh: '已随案移送', en: 'Transferred with the case' },
  confiscated: { zh: '已没收', en: 'Confiscated' },
  recovered: { zh: '已追缴（收缴）', en: 'Recovered' },
  compensated: { zh: '已退赔', en: 'Compensated' },
  surrendered: { zh: '已登记上交', en: 'Surrendered' },
  destroyed: { zh: '已销毁', en: 'Destroyed' },
  sold: { zh: '已变卖（拍卖）', en: 'Sold' },
  out: { zh: '已出库', en: 'Out for good' },
  'to-cases': { zh: '转入他案', en: 'Into other cases' },
} as const satisfies Record<string, Words>

export type Account = keyof typeof accountWords
export const ACCOUNTS = Object.keys(accountWords) as Account[]

/** Where things come from; their balance is what the others hold together. */
export const SOURCES: ReadonlySet<Account> = new Set(['taken', 'adjusted', 'regrouped', 'proceeds', 'from-cases'])

/** Where things are while the organ answers for them. */
export const HELD_ACCOUNTS: ReadonlySet<Account> = new Set([
  ...(['with-department', 'pending', 'in-store', 'deposited', 'elsewhere'] as const),
  ...(['on-loan', 'at-appraisal', 'transferred-kept'] as const),
])

export type Amount = {
  readonly pieces: number
  readonly fen: number
  readonly mg: number
}

export const NOTHING: Amount = { pieces: 0, fen: 0, mg: 0 }
const UNITS = Object.keys(NOTHING) as (keyof Amount)[]

/** One side of an entry: what an account gains, or with a minus sign gives. The sides of one entry add up to nothing. */
export type Posting = Amount & {
  readonly account: Account
  readonly item: string
  /** In the account of which case, as it was registered. */
  readonly case: string
  readonly seq: number
}

const PLACES: Readonly<Record<CustodyStatus, Account>> = {
  NOT_RECEIVED: 'with-department',
  WITH_CASE_DEPT: 'with-department',
  PENDING_HANDOVER: 'pending',
  IN_TRANSIT: 'pending',
  IN_STORE: 'in-store',
  DEPOSITED: 'deposited',
  IN_PLACE: 'elsewhere',
  HOLDER_KEEPS: 'elsewhere',
  THIRD_PARTY: 'elsewhere',
  BORROWED: 'on-loan',
  AT_APPRAISAL: 'at-appraisal',
  OUT: 'out',
}

const DISPOSED: Readonly<Record<DisposalType, Account>> = {
  RETURN: 'returned',
  TRANSFER: 'transferred',
  CONFISCATE: 'confiscated',
  RECOVER: 'recovered',
  COLLECT: 'recovered',
  COMPENSATE: 'compensated',
  SURRENDER: 'surrendered',
  DESTROY: 'destroyed',
  SELL: 'sold',
}

/** The account that an item stands in: how it was disposed of, or where it is kept. */
export function accountOf(item: Item): Account {
  const { disposed, succeeded, custodyStatus } = item
  if (succeeded !== undefined) return 'regrouped'
  if (disposed === undefined) return PLACES[custodyStatus]
  return disposed.listOnly ? 'transferred-kept' : DISPOSED[disposed.way]
}

/** What an item counts for. What was never weighed, or is no money, counts nothing there. */
export function amountOf({ weights, cash, proceeds }: Item): Amount {
  const counted = cash?.agreed.at(-1)
  return {
    pieces: 1,
    fen: proceeds?.amount_fen ?? (counted?.currency === 'CNY' ? counted.amount_minor : 0),
    mg: weights.at(-1)?.weight_mg ?? 0,
  }
}

/** Both sides of what one fact did to an item; nothing when it stays where it was and counts what it did. */
export function postingsOf(before: Item | null, after: Item, { seq }: Pick<Fact, 'seq'>): Posting[] {
  const now = amountOf(after)
  const account = accountOf(after)
  const here = { item: after.code, case: after.case, seq }
  if (before === null) return entry(sourceOf(after), account, now, here)
  const was = amountOf(before)
  // What goes into another case leaves the one account and comes into the other.
  if (before.case !== after.case)
    return [
      ...entry(accountOf(before), 'to-cases', was, { ...here, case: before.case }),
      ...entry('from-cases', account, now, here),
    ]
  const moved = accountOf(before) === account ? [] : entry(accountOf(before), account, was, here)
  const more = combined(now, was, -1)
  return isNothing(more) ? moved : [...moved, ...entry('adjusted', account, more, here)]
}

/** Where an item comes from: it was taken, came of others, or is what others were sold for. */
function sourceOf({ origin }: Item): Account {
  if (origin === undefined) return 'taken'
  return origin.how === 'sale' ? 'proceeds' : 'regrouped'
}

function entry(from: Account, to: Account, amount: Amount, of: Pick<Posting, 'item' | 'case' | 'seq'>): Posting[] {
  return [
    { account: from, ...of, ...combined(NOTHING, amount, -1) },
    { account: to, ...of, ...amount },
  ]
}

/** The entries of one item's life, told by its facts in order. */
export function entriesOf(facts: readonly Fact[]): Posting[] {
  let item: Item | null = null
  const postings: Posting[] = []
  for (const fact of facts) {
    const next = evolveItem(item, fact)
    if (next !== null) postings.push(...postingsOf(item, next, fact))
    item = next
  }
  return postings
}

export type Balances = ReadonlyMap<Account, Amount>

/** What each account holds after all entries; a source shows what came from it. */
export function balancesOf(postings: readonly Posting[]): Balances {
  const balances = new Map<Account, Amount>()
  for (const { account, pieces, fen, mg } of postings) {
    const sign = SOURCES.has(account) ? -1 : 1
    balances.set(account, combined(balances.get(account) ?? NOTHING, { pieces, fen, mg }, sign))
  }
  return balances
}

/** One stay of an item in a case: what it came in from, what it counted then, and where it is, or was when it left. */
interface Stay {
  readonly case: string
  readonly from: Account
  readonly came: Amount
  readonly to: Account
  readonly counts: Amount
}

/** @param first what it counted when it was registered */
function staysOf(item: Item, first: Amount): Stay[] {
  const passed = item.passed ?? []
  const left = passed.map(({ from, amount }, index): Stay => {
    const before = passed[index - 1]
    return { case: from, ...cameBy(item, before?.amount, first), to: 'to-cases', counts: amount }
  })
  const present = cameBy(item, passed.at(-1)?.amount, first)
  return [...left, { case: item.case, ...present, to: accountOf(item), counts: amountOf(item) }]
}

function cameBy(item: Item, passed: Amount | undefined, first: Amount): Pick<Stay, 'from' | 'came'> {
  return passed === undefined ? { from: sourceOf(item), came: first } : { from: 'from-cases', came: passed }
}

/**
 * What the accounts hold when each item has come, in whatever steps, from what it counted at its registration to where it stands: the same as
 * all entries say, while the account is as it must be.
 * @param registered by the code of the item
 * @param number of the case alone, as it was registered; absent for all that the items ever were of
 */
export function standing(items: readonly Item[], registered: ReadonlyMap<string, Amount>, number?: string): Balances {
  return balancesOf(
    items.flatMap((item) =>
      staysOf(item, registered.get(item.code) ?? NOTHING)
        .filter((stay) => number === undefined || stay.case === number)
        .flatMap(({ case: of, from, came, to, counts }) => {
          const here = { item: item.code, case: of, seq: 0 }
          return [...entry(from, to, came, here), ...entry('adjusted', to, combined(counts, came, -1), here)]
        }),
    ),
  )
}

/**
 * What the accounts should hold by where each item stands now, and what it was when it went into another case.
 * @param number as in `standing`
 */
export function countedOf(items: readonly Item[], number?: string): Balances {
  const balances = new Map<Account, Amount>()
  const count = (account: Account, amount: Amount): void =>
    void balances.set(account, combined(balances.get(account) ?? NOTHING, amount, 1))
  for (const item of items)
    for (const stay of staysOf(item, NOTHING))
      if (number === undefined || stay.case === number) count(stay.to, stay.counts)
  return balances
}

/**
 * 试算: the accounts that are not as they must be. Sources and places add up, no place is below nothing, and every place holds what is
 * counted there.
 * @param counted where the items stand, as another table than the entries has it
 */
export function imbalances(booked: Balances, counted: Balances): Account[] {
  const wrong = ACCOUNTS.filter((account) => {
    if (SOURCES.has(account)) return false
    const [has, should] = [booked.get(account) ?? NOTHING, counted.get(account) ?? NOTHING]
    return UNITS.some((unit) => has[unit] !== should[unit] || has[unit] < 0)
  })
  const total = (sources: boolean): Amount =>
    [...booked]
      .filter(([account]) => SOURCES.has(account) === sources)
      .reduce((sum, [, amount]) => combined(sum, amount, 1), NOTHING)
  const { fen, mg } = booked.get('regrouped') ?? NOTHING
  if (fen !== 0 || mg !== 0) wrong.unshift('regrouped')
  const [came, are] = [total(true), total(false)]
  return UNITS.some((unit) => came[unit] !== are[unit]) ? ['taken', ...wrong] : wrong
}

/** Both amounts together, or the one less the other. */
export function combined(one: Amount, other: Amount, sign: 1 | -1): Amount {
  return {
    pieces: one.pieces + sign * other.pieces,
    fen: one.fen + sign * other.fen,
    mg: one.mg + sign * other.mg,
  }
}

function isNothing(amount: Amount): boolean {
  return UNITS.every((unit) => amount[unit] === 0)
}
