import { Refusal } from '../../refusal.ts'
import type { NewItem } from '../schemas.ts'
import type { ProposeDisposal } from './schemas.ts'
import { general, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'

export type Made = ReturnType<typeof stored>

/** The code of the refusal, or that it was done. */
export function outcomeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { detail, remedy } = error.notice()
    for (const words of [detail, remedy])
      if (/\{\w+\}/.test(words.zh + words.en)) throw new Error(`${error.code} leaves a place open`, { cause: error })
    return error.code
  }
  return 'done'
}

/** What ou proposes for these items. */
export function proposal(codes: readonly string[], more: Partial<ProposeDisposal> = {}): ProposeDisposal {
  return {
    type: 'custody.propose-disposal',
    items: codes,
    way: 'CONFISCATE',
    destination: 'treasury',
    suspectedCrime: false,
    reviewUnit: 'dept-2',
    opinion: '建议没收',
    ...more,
  }
}

/** The last request that waits. */
export function waiting(office: Office): string {
  return [...office.approvals.values()].filter(({ status }) => status === 'asked').at(-1)?.id ?? ''
}

/** Proposed by ou, reviewed by qin of another department, approved by tan of the organ. */
export function approved(more: Partial<ProposeDisposal> = {}, lines: readonly NewItem[] = [general]): Made {
  const made = stored(...lines)
  const { office, codes } = made
  office.act('ou', proposal(codes, more))
  if (more.way !== 'RETURN') office.act('qin', { type: 'approvals.grant', approval: waiting(office) })
  office.act(more.way === 'RETURN' ? 'zhao' : 'tan', { type: 'approvals.grant', approval: waiting(office) })
  return made
}

export const receiver = { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true } as const

/** A return, found unrelated an hour ago. */
export function returning(made: { readonly office: Office }): Partial<ProposeDisposal> {
  return { way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: made.office.now }
}

/** Stored, found unrelated, granted by the head of the department. */
export function toReturn(lines: readonly NewItem[] = [general], more: Partial<ProposeDisposal> = {}): Made {
  const made = stored(...lines)
  const { office, codes } = made
  office.act('ou', proposal(codes, { ...returning(made), ...more }))
  office.act('zhao', { type: 'approvals.grant', approval: waiting(office) })
  return made
}

/** A proposal to sell early, as its form asks for it. */
export const sellingEarly = {
  ...{ way: 'SELL', destination: 'special-account', opinion: '易腐，建议先行变卖', appraisal: '价认〔2026〕1号' },
  sale: { ground: 'perishable', method: 'sell', estimate_fen: 500_000, holderOpinion: '同意变卖' },
} as const satisfies Partial<ProposeDisposal>

export const sale = {
  ...{ contract: '成交〔2026〕1号', price_fen: 480_000, voucher: '进账单 001', account: '专户 6222' },
  ...{ buyer: { name: '买受人丁', identity: '营业执照 91' }, belowReason: '经两次公告仅此一人应价' },
} as const

/** Stored, proposed to be sold, agreed to by the head of the department and by the organ. */
export function toSell(lines: readonly NewItem[] = [general]): Made {
  const made = stored(...lines)
  const { office, codes } = made
  const { reviewUnit: _, ...proposed } = proposal(codes, sellingEarly)
  office.act('ou', proposed)
  for (const approver of ['zhao', 'tan']) office.act(approver, { type: 'approvals.grant', approval: waiting(office) })
  return made
}
