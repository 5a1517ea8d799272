import { sql } from 'kysely'
import type { Reader } from '../../module.ts'
import { type Disposal, papersOf } from '../disposal/disposal.ts'
import { releasedBy } from '../disposal/release-notices.ts'
import { tellingsOf } from '../disposal/telling.ts'
import type { Item } from '../items/item.ts'
import { subjectOfItems } from './issuing.ts'
import type { Possible } from './paper-offers.ts'
import type { PaperKind } from './papers.ts'

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
      ]
    }),
  )
  return all.flat()
}

/** What each act is told by: a notice of release for each holder whose things are among these, and one of every other paper. */
async function ofActs(
  db: Reader,
  disposal: Disposal,
  codes: ReadonlySet<string>,
  kinds: readonly PaperKind[],
): Promise<Pick<Possible, 'paper' | 'part' | 'what'>[]> {
  const all: Pick<Possible, 'paper' | 'part' | 'what'>[] = []
  for (const [index, { document }] of disposal.acts.entries())
    for (const paper of kinds) {
      const [nth, what] = [String(index + 1), `${disposal.code} ${document}`]
      if (paper !== 'release-notice') {
        all.push({ paper, part: nth, what })
        continue
      }
      for (const { part, items } of await releasedBy(db, disposal, index + 1))
        if (items.some(({ code }) => codes.has(code)))
          all.push({ paper, part, what: part === nth ? what : `${what} ${items[0].code}` })
    }
  return all
}
