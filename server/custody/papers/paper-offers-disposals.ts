import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { type Disposal, papersOf } from '../disposal/disposal.ts'
import { standingNotices } from '../disposal/issued-notices.ts'
import { isAhead, releasedBy, releasedNext } from '../disposal/release-notices.ts'
import { tellingsOf } from '../disposal/telling.ts'
import type { Item } from '../items/item.ts'
import { subjectOfItems } from './issuing.ts'
import type { Possible } from './paper-offers.ts'
import type { Paper, PaperKind } from './papers.ts'

const DISPOSAL_KINDS = {
  notice: 'release-notice',
  'return-list': 'return-list',
  'transfer-list': 'transfer-list',
  destruction: 'destruction',
} as const satisfies Record<string, PaperKind>

/** What is told of the disposals of these items: approvals, and of each act that touched any of them its papers; of holders, of those alone whose they are. */
export async function ofDisposals(db: Reader, its: readonly Item[]): Promise<Possible[]> {
  const codes = new Set(its.map(({ code }) => code))
  const found = await sql<{ state: Disposal }>`
    select state from disposals where case_number = any(${[...new Set(its.map((item) => item.case))]}::text[])
    order by proposed_at, id
  `.execute(db)
  const disposals = found.rows.map(({ state }) => state).filter(({ items }) => items.some((item) => codes.has(item)))
  const all = await Promise.all(
    disposals.map(async (disposal): Promise<Possible[]> => {
      const { code, way, agreed } = disposal
      const track = its.find((item) => item.case === disposal.case)?.track ?? 'SUPERVISION'
      const approval = way === 'SELL' ? ('early-sale' as const) : ('disposal-approval' as const)
      const subject = await subjectOfItems(db, disposal.items)
      if (subject === null) return []
      const tellings = (await tellingsOf(db, [disposal], track)).filter(({ items }) =>
        items.some((item) => codes.has(item.code)),
      )
      const kinds = papersOf(disposal).flatMap((kind) => (kind === 'approval' ? [] : [DISPOSAL_KINDS[kind]]))
      return [
        ...(agreed.length > 0 ? [{ paper: approval, of: code, part: null, what: code, subject }] : []),
        ...tellings.map(({ part, act, items: [first] }) => ({
          ...{ paper: 'transfer-notice' as const, of: code, part, subject },
          what: `${code} ${act.document} ${first.code}`,
        })),
        ...(await ofActs(db, disposal, codes, kinds)).map((one) => ({ ...one, of: code, subject })),
        ...(await ofReturn(db, disposal, codes)).map((one) => ({ ...one, of: code, subject })),
      ]
    }),
  )
  return all.flat()
}

/** What its holders are told by before they come: a notice for each who has something to fetch, but of what another that stands names already. */
async function ofReturn(
  db: Reader,
  disposal: Disposal,
  codes: ReadonlySet<string>,
): Promise<Pick<Possible, 'paper' | 'part' | 'what'>[]> {
  if (disposal.way !== 'RETURN') return []
  const shares = (await releasedNext(db, disposal)).filter(({ items }) => items.some(({ code }) => codes.has(code)))
  const issued = shares.length === 0 ? [] : await issuedAhead(db, disposal)
  return shares.flatMap(({ part, items }) =>
    issued.some((one) => one.part !== part && namesAll(one, items))
      ? []
      : [{ paper: 'release-notice' as const, part, what: `${disposal.code} ${items[0].code}` }],
  )
}

/** The notices of this return that were issued before anybody came for his things, and stand. */
async function issuedAhead(db: Reader, { code, items }: Disposal): Promise<Paper[]> {
  return (await standingNotices(db, items)).filter(({ of, part }) => of === code && isAhead(part))
}

function namesAll(notice: Paper, its: readonly Item[]): boolean {
  return its.every(({ code }) => notice.items.includes(code))
}

/** What each act is told by: a notice of release for each holder whose things are among these, and one of every other paper. */
async function ofActs(
  db: Reader,
  disposal: Disposal,
  codes: ReadonlySet<string>,
  kinds: readonly PaperKind[],
): Promise<Pick<Possible, 'paper' | 'part' | 'what'>[]> {
  const all: Pick<Possible, 'paper' | 'part' | 'what'>[] = []
  const ahead = kinds.includes('release-notice') ? await issuedAhead(db, disposal) : []
  for (const [index, { document }] of disposal.acts.entries())
    for (const paper of kinds) {
      const [nth, what] = [String(index + 1), `${disposal.code} ${document}`]
      if (paper !== 'release-notice') {
        all.push({ paper, part: nth, what })
        continue
      }
      for (const { part, items } of await releasedBy(db, disposal, index + 1))
        // What went back by the number of a notice that stands is told by it.
        if (
          items.some(({ code }) => codes.has(code)) &&
          !ahead.some((notice) => document.includes(notice.number) && namesAll(notice, items))
        )
          all.push({ paper, part, what: part === nth ? what : `${what} ${items[0].code}` })
    }
  return all
}
