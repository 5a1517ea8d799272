import type { SealSeen } from '../disposal/found-on-handing-out.ts'
import type { Item } from '../items/item.ts'
import { PHOTO } from '../testing.ts'
import { sealOf } from '../testing-seals.ts'
import type { CustodyCommand } from '../testing-commands.ts'
import type { Turn } from './testing-book.ts'

/** The weight of a bar of gold, in milligrams, and what it may be found to weigh instead. */
const WEIGHED_mg = [100_000, 100_000, 100_000, 100_000, 100_100, 98_000]
export const PHOTO_AFTER = PHOTO.replaceAll('a', 'c')

export function weight({ category }: Item, odd: number): { weight_mg?: number } {
  return category === 'valuables' ? { weight_mg: WEIGHED_mg[odd % WEIGHED_mg.length] ?? 0 } : {}
}

/** What is seen of its seal as it leaves: mostly that it is whole; now and then it is found broken, or forgotten. */
export function seal(item: Item, odd: number): { seal?: SealSeen } {
  if (odd % 13 === 0) return {}
  return sealOf(item, odd % 11 === 0 ? 'broken' : 'intact')
}

type Proposal = Extract<CustodyCommand, { type: 'custody.propose-disposal' }>

/** A proposal of one of five ways out. */
export function proposal(items: readonly string[], now: string, odd: number): Proposal {
  const base = { type: 'custody.propose-disposal', items, suspectedCrime: false, opinion: '建议如此办理' } as const
  switch (odd % 5) {
    case 0:
      return { ...base, way: 'RETURN', destination: 'holder', ground: 'unrelated', foundAt: now }
    case 1:
      return { ...base, way: 'CONFISCATE', destination: 'treasury', reviewUnit: 'review' }
    case 2:
      return {
        ...base,
        way: 'TRANSFER',
        destination: 'procuratorate',
        reviewUnit: 'review',
        suspectedCrime: odd % 2 === 0,
      }
    case 3:
      return { ...base, way: 'DESTROY', destination: 'none', reviewUnit: 'review' }
    default: {
      const sale = { ground: 'perishable', method: 'sell', estimate_fen: 500_000, holderOpinion: '同意变卖' } as const
      return { ...base, way: 'SELL', destination: 'special-account', appraisal: '价认〔2026〕1号', sale }
    }
  }
}

/** What the way of the first item's proposal asks for. */
export function carryingOut({ picked, first, standing: { ways }, step: { odd } }: Turn): CustodyCommand {
  const items = picked.map((item) => ({ item: item.code, ...weight(item, odd), ...seal(item, odd) }))
  const receiver = { relation: 'holder', name: '持有人甲', identity: '居民身份证 110101', signed: true } as const
  switch (ways.get(first.disposal ?? '')) {
    case undefined:
    case 'RETURN':
      return { type: 'custody.release', items, noticeNumber: '解〔2026〕1号', receiver }
    case 'TRANSFER':
      return { type: 'custody.dispose', items, transfer: { organ: '某检察院', receipt: '收〔2026〕1号', receiver } }
    case 'DESTROY': {
      const destruction = { record: '销〔2026〕1号', method: '粉碎', before: [PHOTO], after: [PHOTO_AFTER] }
      return { type: 'custody.dispose', items, destruction }
    }
    case 'SELL': {
      const sale = { contract: '成〔2026〕1号', price_fen: 500_000 + odd, voucher: '进账单 001', account: '专户 6222' }
      return { type: 'custody.dispose', items, sale: { ...sale, buyer: { name: '买受人丁', identity: '营业执照 91' } } }
    }
    case 'CONFISCATE':
    case 'RECOVER':
    case 'COLLECT':
    case 'COMPENSATE':
    case 'SURRENDER':
      return { type: 'custody.dispose', items, payment: { voucher: '缴款书 001' } }
  }
}
