import { type Static, Type } from 'typebox'
import { type Deed, deed, type DeedData } from '../../approvals/approvals.ts'
import { type WaitingDeed, waitingOver } from '../../approvals/waiting.ts'
import { codesOf } from '../items/lines.ts'
import type { Trx } from '../../database/connect.ts'
import { loadStates } from '../../ledger/project.ts'
import type { Circumstances, FactDraft } from '../../module.ts'
import { Refusal } from '../../refusal.ts'
import { exactly, uuid } from '../../schemas.ts'
import { draft, storeRegister, unitRegister } from '../custody.ts'
import type { Item } from '../items/item.ts'
import type { Loan } from './loan.ts'
import { mustBeDueInTime } from './granting.ts'
import { loans } from '../projections.ts'
import { rules } from '../rules.ts'
import { caseOf, itemOf, type Scene } from '../scene.ts'
import { code, instant } from '../schemas.ts'
import { holdsPost, mustDiffer, mustHandle, mustNotHandle, mustNotKeep } from '../separation.ts'
import { loadScene } from '../store.ts'

/** `items` are what is still out, so that who decides reads it and both facts hold it. */
const extendDeed = Type.Object(
  {
    command: Type.Literal('extend-loan'),
    loan: uuid,
    items: Type.Array(code, { minItems: 1, maxItems: rules.items_per_act.value }),
    dueAt: instant,
  },
  exactly,
)

type ExtendDeed = Static<typeof extendDeed>

interface ExtendState {
  readonly loan: Loan | undefined
  /** The same that somebody asked for it and nobody has decided. */
  readonly waiting: WaitingDeed | null
  readonly scene: Scene
}

/**
 * 申请延期: by an officer of the cases whose items are still out, or who heads their department; also when they are late already
 * (rules C-28). One request for a loan at a time, whoever asks.
 */
function askExtension(state: ExtendState, asked: ExtendDeed, { actor, at }: Circumstances): Loan {
  const { loan, items } = stillOut(state, asked)
  for (const item of items) {
    const of = caseOf(state.scene, item.case)
    if (!holdsPost(actor, 'manager', of.unit)) mustHandle(actor, of)
  }
  mustBeLater(loan, asked, at)
  const { waiting } = state
  if (waiting !== null) {
    const { requester: person, askedAt } = waiting
    throw new Refusal('custody.extension-asked', { loan: loan.id, person, askedAt })
  }
  return loan
}

/** 批准延期: by who may have granted the loan; what is still out is due at another time from now on. */
function grantExtension(
  state: ExtendState,
  asked: ExtendDeed,
  { approval, requester }: { readonly approval: string; readonly requester: string },
  { actor, at }: Circumstances,
): FactDraft[] {
  const { loan, items } = stillOut(state, asked)
  mustBeLater(loan, asked, at)
  mustDiffer(actor.person, { requester, borrower: loan.borrower })
  for (const item of items) {
    mustNotKeep(actor, item)
    mustNotHandle(actor, caseOf(state.scene, item.case))
  }
  const { dueAt } = asked
  const register = storeRegister(loan.store)
  const codes = items.map((item) => item.code)
  return [
    draft(register, 'custody.loan-extended', `loan/${loan.id}`, {
      ...{ approval, requester, approver: actor.person, dueAt, items: codes },
    }),
    ...codes.map((one) => draft(register, 'custody.loan-prolonged', `item/${one}`, { loan: loan.id, dueAt })),
  ]
}

/** @throws Refusal `custody.loan-not-out` for a loan that is unknown to the actor, or of which other items are out than were named */
function stillOut({ loan, scene }: ExtendState, asked: ExtendDeed): { loan: Loan; items: readonly Item[] } {
  const out = outOf(loan)
  const same = out.length === asked.items.length && out.every((one) => asked.items.includes(one))
  if (loan === undefined || !same) throw new Refusal('custody.loan-not-out', { loan: asked.loan })
  const items = out.map((one) => itemOf(scene, one))
  return { loan, items }
}

function outOf(loan: Loan | undefined): string[] {
  return (loan?.lines ?? []).filter(({ returnedAt }) => returnedAt === null).map(({ item }) => item)
}

function mustBeLater(loan: Loan, { dueAt }: ExtendDeed, at: string): void {
  mustBeDueInTime(dueAt, at)
  if (dueAt <= loan.dueAt) throw new Refusal('custody.due-not-later', { dueAt: loan.dueAt })
}

async function find(trx: Trx, id: string, lock: boolean): Promise<Loan | undefined> {
  return (await loadStates(trx, loans, [id], { lock })).get(id) ?? undefined
}

/** 调用延期, for an approver to grant. */
export const extendLoan: Deed = deed<ExtendDeed & DeedData, ExtendState>({
  command: 'extend-loan',
  title: { zh: '调用延期待您审批', en: 'More time for a loan waits for your decision' },
  about: ({ items }) => items,
  schema: extendDeed,
  registers: async (trx, { loan: id }) => {
    const loan = await find(trx, id, false)
    return loan === undefined ? [] : [unitRegister(loan.unit), storeRegister(loan.store)]
  },
  load: async (trx, { loan: id }, circumstances) => {
    const loan = await find(trx, id, true)
    const waits = await waitingOver(trx, { member: 'loan', id }, circumstances.at)
    const waiting = waits.find(({ command }) => command === 'extend-loan') ?? null
    return { loan, waiting, scene: await loadScene(trx, codesOf(outOf(loan)), circumstances, {}) }
  },
  ask: (state, asked, circumstances) => {
    const { unit } = askExtension(state, asked, circumstances)
    return { unit, register: unitRegister(unit) }
  },
  grant: grantExtension,
})
