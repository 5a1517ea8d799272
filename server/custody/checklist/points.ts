import type { Words } from '../../refusal.ts'

interface Point {
  readonly name: Words
  readonly basis: string
}

const HOUSE_7 = '中办发〔2015〕7号 二'

/** 办理要点: what is to be seen to when a measure is taken (rules T-01, C-21), each with the article that asks for it. */
export const checkPoints = {
  approved: { name: { zh: '实施前经负责人批准', en: 'Approved by the head before' }, basis: '行政强制法 18(一)' },
  'two-officers': { name: { zh: '两名以上执法人员实施', en: 'Two or more officers' }, basis: '行政强制法 18(二)' },
  credentials: { name: { zh: '出示执法身份证件', en: 'Credentials shown' }, basis: '行政强制法 18(三)' },
  'party-called': { name: { zh: '通知当事人到场', en: 'Party called to the place' }, basis: '行政强制法 18(四)' },
  told: {
    name: { zh: '当场告知理由、依据和权利、救济途径', en: 'Told of reasons, basis, rights and remedies' },
    basis: '行政强制法 18(五)',
  },
  heard: { name: { zh: '听取当事人的陈述和申辩', en: 'Party heard' }, basis: '行政强制法 18(六)' },
  record: { name: { zh: '制作现场笔录', en: 'Record made on the spot' }, basis: '行政强制法 18(七)' },
  signed: {
    name: { zh: '笔录由当事人和执法人员签名，拒绝的注明', en: 'Record signed by party and officers, or why not' },
    basis: '行政强制法 18(八)',
  },
  witnessed: {
    name: { zh: '当事人不到场的，邀请见证人到场签名', en: 'Party absent: a witness came and signed' },
    basis: '行政强制法 18(九)',
  },
  'other-procedure': {
    name: { zh: '法律、法规规定的其他程序', en: 'Other procedure that the law asks for' },
    basis: '行政强制法 18(十)',
  },
  'living-goods': {
    name: { zh: '未查封、扣押个人及所扶养家属的生活必需品', en: 'Living goods of the person and dependants left' },
    basis: '行政强制法 23',
  },
  'living-goods-tax': {
    name: { zh: '维持生活必需的住房和用品不在保全之列', en: 'Home and goods needed for living left' },
    basis: '税收征管法 42',
  },
  'living-costs': {
    name: {
      zh: '已为本人及所扶养亲属保留必需的生活费用和物品',
      en: 'Living costs and goods left for person and dependants',
    },
    basis: HOUSE_7,
  },
  'credentials-notice': {
    name: { zh: '出示证件，出具书面通知', en: 'Credentials and written notice shown' },
    basis: '监察法(2024) 44(1)',
  },
  'two-investigators': {
    name: { zh: '由二人以上进行', en: 'Two or more persons' },
    basis: '监察法(2024) 44(1)',
  },
  'record-signed': {
    name: { zh: '形成笔录、报告，由相关人员签名、盖章', en: 'Record made and signed by those concerned' },
    basis: '监察法(2024) 44(1)',
  },
  'face-to-face': {
    name: {
      zh: '当面逐件拍照、登记、编号，清单签名并交副本',
      en: 'Each thing photographed, listed and numbered face to face',
    },
    basis: '监察法(2024) 28(1)',
  },
  'face-to-face-party': {
    name: { zh: '当面逐件清点、登记，在场人员签名', en: 'Each thing counted and listed face to face, and signed for' },
    basis: '监督执纪工作规则 47',
  },
} as const satisfies Readonly<Record<string, Point>>

export type CheckPoint = keyof typeof checkPoints
export const CHECK_POINTS = Object.keys(checkPoints) as CheckPoint[]
