import type { Signature } from '../../../labels/documents/form.ts'
import { sheet } from '../../../labels/documents/sheets.ts'
import type { Reader } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { incidentWords, purposeWords, sealWords } from '../axes.ts'
import type { Item, ItemIncident } from '../items/item.ts'
import type { Loan } from '../loans/loan.ts'
import { boxLent, boxOnPaper, comparedOnPaper } from './paper-boxes.ts'
import type { PaperContent } from './paper-contents.ts'
import { factsOf } from './paper-entries.ts'
import { localDue, localMinute, organOf, staffNames } from './paper-words.ts'
import { pointsOnPaper } from './point-words.ts'
import { readItems } from '../reads.ts'
import { drawnOnPaper } from '../signing/drawn.ts'
import { LOAN_ACTS, readLoanSides } from '../signing/loan-sides.ts'
import { holdersThen } from '../disposal/received.ts'
import type { PaperSigner } from '../signing/facts.ts'
import type { SidesOf } from '../signing/sides.ts'
import { videosOnPaper } from '../videos/on-paper.ts'
import { gramsOf } from '../weighing/weights.ts'
import '../tables.ts'

/** Whoever else goes along is written in by hand. */
const BLANK = '____________'

async function loanWithItems(db: Reader, id: string): Promise<{ loan: Loan; its: readonly Item[] } | null> {
  const row = await db.selectFrom('loans').select('state').where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const its = await readItems(
    db,
    row.state.lines.map(({ item }) => item),
  )
  return { loan: row.state, its }
}

const itemOfSubject = (subject: string): string => subject.slice('item/'.length)

const headOf = ({ cases, purpose, lentAt, dueAt }: Loan, store: string) => [
  { name: '案号', value: cases.join('、') },
  { name: '调用事由', value: purposeWords[purpose].zh },
  { name: '出库库房', value: store },
  { name: '调用时间', value: localMinute(lentAt) },
  { name: '应还时间', value: localDue(dueAt) },
]

async function storeName(db: Reader, store: string): Promise<string> {
  const row = await db.selectFrom('stores').select('name').where('id', '=', store).executeTakeFirst()
  return row?.name ?? store
}

/** The places of one side, each with what he drew for all that he gave or took; one is left open where nobody is known. */
async function loanSigners(
  db: Reader,
  loan: Loan,
  act: number,
  its: readonly Item[],
): Promise<(as: Exclude<PaperSigner, 'receiver'>, role: string) => Signature[]> {
  const sides = await readLoanSides(db, loan, act)
  const drawnBy = await drawnOnPaper(db, its, { code: loan.id, act }, sides)
  const [givers, takers] = [peopleOf(sides, 'giver'), peopleOf(sides, 'taker')]
  const names = await staffNames(db, [...givers, ...takers])
  const nameOf = new Map([...givers, ...takers].map((person, index) => [person, names[index] ?? person]))
  return (as, role) => {
    const people = as === 'giver' ? givers : takers
    if (people.length === 0) return [{ role, name: null, absence: null }]
    return people.map((person) => ({
      ...{ role, name: nameOf.get(person) ?? person, absence: null },
      ...drawnBy(as, person),
    }))
  }
}

function peopleOf(sides: SidesOf, as: 'giver' | 'taker'): string[] {
  return [...new Set([...sides.values()].flatMap((side) => side[as]))]
}

/** Names of those who signed as the things went out and were neither the borrower nor of the store; of others nobody is told. */
async function companionsOf(
  db: Reader,
  { store, borrower }: Loan,
  lent: readonly { readonly at: string; readonly with: readonly string[] }[],
): Promise<string[]> {
  const keeps = await holdersThen(
    db,
    { post: 'custodian', place: store },
    lent.flatMap((fact) => fact.with),
  )
  const others = lent.flatMap((fact) => fact.with.filter((person) => person !== borrower && !keeps(person, fact.at)))
  return staffNames(db, [...new Set(others)])
}

/** F-06: who took what, with whom, for what and until when, who granted it, and in what state it went. */
export async function loanPaper(db: Reader, id: string): Promise<PaperContent | null> {
  const found = await loanWithItems(db, id)
  if (found === null) return null
  const { loan, its } = found
  const codes = its.map(({ code }) => code)
  const lent = (await factsOf(db, codes, ['custody.lent'])).filter(({ body }) => body.loan === id)
  const [first] = lent
  if (first === undefined) throw new Refusal('custody.nothing-for-paper')
  const { requester, approver } = first.body
  const [asked = '', granted = ''] = await staffNames(db, [requester, approver])
  const signers = await loanSigners(db, loan, LOAN_ACTS.out, its)
  const companions = await companionsOf(db, loan, lent)
  const box = await boxOnPaper(db, id, boxLent(lent))
  const went = new Map(lent.map(({ body }) => [body.subject, body]))
  const organisation = await organOf(db, loan.unit)
  const store = await storeName(db, loan.store)
  return {
    items: codes,
    form: (copy) =>
      sheet({
        ...{ kind: 'loan', organisation, code: null, copy },
        facts: [
          ...headOf(loan, store),
          ...box.out,
          { name: '同行人员', value: companions.length === 0 ? BLANK : companions.join('、') },
          { name: '申请人', value: asked },
          { name: '审批人', value: granted },
          { name: '同步录像', value: videosOnPaper(its, 'handling', loan.lentAt).join('；') },
        ],
        rows: its.map((item, index) => {
          const body = went.get(`item/${item.code}`)
          const weight = body?.weight_mg ?? null
          const state = [
            ...(body === undefined ? [] : [`封装：${sealWords[body.sealStatus].zh}`]),
            ...(weight === null ? [] : [`重 ${gramsOf(weight)} 克`]),
          ]
          return [String(index + 1), item.code, item.name, item.quantity, item.quantityUnit, state.join('；')]
        }),
        statement: '以上财物仅用于所列事由，调用人应妥善保管，不得转借，按期归还。',
        signatures: [
          ...signers('taker', '调用人'),
          ...companions.map((name) => ({ role: '同行人员', name, absence: null })),
          ...signers('giver', '保管人'),
          { role: '审批人', name: granted, absence: null },
        ],
      }),
  }
}

/** What was found wrong with a thing while it was out and as it came back: which, since when, and whether that is concluded. */
function wrongsOnPaper({ concluded, incident }: Item, { from, to }: { from: string; to: string | null }): string[] {
  const within = ({ openedAt }: ItemIncident): boolean => openedAt >= from && (to === null || openedAt <= to)
  const told = (one: ItemIncident, end: string): string =>
    `${incidentWords[one.kind].zh}异常，${localMinute(one.openedAt)} 登记，${end}`
  return [
    ...concluded.filter(within).map((one) => told(one, '已了结')),
    ...(incident !== null && within(incident) ? [told(incident, '未了结')] : []),
  ]
}

/** F-07: what came back, when, to whom, and what the comparison with how it went found; beneath, what did not, and what is known of that. */
export async function returnPaper(db: Reader, id: string): Promise<PaperContent | null> {
  const found = await loanWithItems(db, id)
  if (found === null) return null
  const { loan, its } = found
  const codes = its.map(({ code }) => code)
  const returned = (await factsOf(db, codes, ['custody.returned'])).filter(({ body }) => body.loan === id)
  if (returned.length === 0) throw new Refusal('custody.nothing-for-paper')
  const lent = (await factsOf(db, codes, ['custody.lent'])).filter(({ body }) => body.loan === id)
  const box = await boxOnPaper(db, id, boxLent(lent))
  const sealedIn = new Set(
    returned.flatMap(({ body }) => (body.sealedIn === undefined ? [] : itemOfSubject(body.subject))),
  )
  const back = new Map(returned.map((fact) => [fact.body.subject, fact]))
  const there = its.filter(({ code }) => back.has(`item/${code}`))
  const signers = await loanSigners(db, loan, LOAN_ACTS.back, there)
  const organisation = await organOf(db, loan.unit)
  const store = await storeName(db, loan.store)
  const left = its.filter(({ code }) => !back.has(`item/${code}`))
  const goneAt = new Map(lent.map(({ body, at }) => [body.subject, at]))
  const wrongs = (item: Item, to: string | null): string[] =>
    wrongsOnPaper(item, { from: goneAt.get(`item/${item.code}`) ?? loan.lentAt, to })
  const filmed = there.map((item) => videosOnPaper([item], 'handling', back.get(`item/${item.code}`)?.at)).flat()
  return {
    items: there.map(({ code }) => code),
    form: (copy) =>
      sheet({
        ...{ kind: 'return', organisation, code: null, copy },
        facts: [
          ...headOf(loan, store),
          ...box.back,
          { name: '已经归还', value: `${there.length} 件` },
          { name: '尚未归还', value: left.length === 0 ? '无' : `${left.length} 件，列于表末` },
          { name: '同步录像', value: [...new Set(filmed)].join('；') },
        ],
        rows: [...there, ...left].map((item, index) => {
          const fact = back.get(`item/${item.code}`)
          const found = [
            ...(fact === undefined ? [] : [fact.body.sealedIn ? '随容器原封接收' : pointsOnPaper(fact.body.points)]),
            ...wrongs(item, fact?.at ?? null),
          ]
          return [
            String(index + 1),
            ...[item.code, item.name, item.quantity, item.quantityUnit],
            ...[fact === undefined ? '未归还' : localMinute(fact.at), found.join('；')],
          ]
        }),
        statement: comparedOnPaper(there, sealedIn, left.length),
        signatures: [...signers('giver', '归还人'), ...signers('taker', '保管人')],
      }),
  }
}
