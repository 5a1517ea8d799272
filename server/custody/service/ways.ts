import type { Words } from '../../refusal.ts'

/** What the receipt of a service may say beside how and when. */
export const serviceFields = {
  receiver: { zh: '收件人', en: 'Receiver' },
  relation: { zh: '与受送达人的关系', en: 'Relation to whom it is for' },
  reason: { zh: '事由', en: 'Reason' },
  witness: { zh: '见证人', en: 'Witness' },
  place: { zh: '地点（受托机关、公告载体）', en: 'Place, organ or publication' },
  receipt: { zh: '回执号码', en: 'Number of the receipt' },
} as const satisfies Readonly<Record<string, Words>>

export type ServiceField = keyof typeof serviceFields
export const SERVICE_FIELDS = Object.keys(serviceFields) as ServiceField[]

interface Way {
  readonly name: Words
  /** Without which its receipt proves nothing. */
  readonly needs: readonly ServiceField[]
  readonly basis: string
}

/** 送达方式: how a paper is served, and what its receipt has to say then (rules T-20). */
export const serviceWays = {
  DIRECT: {
    name: { zh: '直接送达', en: 'Handed over' },
    needs: ['receiver', 'relation'],
    basis: '税收征管法实施细则 101、102',
  },
  LEFT: {
    name: { zh: '留置送达', en: 'Left behind' },
    needs: ['reason', 'witness', 'place'],
    basis: '税收征管法实施细则 103',
  },
  ENTRUSTED: {
    name: { zh: '委托送达', en: 'By another organ' },
    needs: ['receiver', 'place'],
    basis: '税收征管法实施细则 104',
  },
  MAIL: {
    name: { zh: '邮寄送达', en: 'By post' },
    needs: ['receipt'],
    basis: '税收征管法实施细则 104、105',
  },
  NOTICE: {
    name: { zh: '公告送达', en: 'By public notice' },
    needs: ['reason', 'place'],
    basis: '税收征管法实施细则 106',
  },
} as const satisfies Readonly<Record<string, Way>>

export type ServiceWay = keyof typeof serviceWays
export const SERVICE_WAYS = Object.keys(serviceWays) as ServiceWay[]

/** The ways by their names. */
export const serviceWayWords = Object.fromEntries(SERVICE_WAYS.map((way) => [way, serviceWays[way].name])) as Readonly<
  Record<ServiceWay, Words>
>
