import type { Words } from '../../refusal.ts'

/** Why somebody is recused, with the four grounds of 监察法 67. */
export const recusalWords = {
  RELATIVE: { zh: '是监察对象或者检举人的近亲属', en: 'Close relative of who is investigated or reported' },
  WITNESS: { zh: '担任过本案的证人', en: 'Was a witness in the case' },
  INTEREST: { zh: '本人或者近亲属与案件有利害关系', en: 'Has an interest in the case, himself or by a relative' },
  OTHER: { zh: '可能影响公正处理的其他情形', en: 'Something else that may affect fairness' },
} as const satisfies Readonly<Record<string, Words>>

export type RecusalGround = keyof typeof recusalWords
export const RECUSAL_GROUNDS = Object.keys(recusalWords) as RecusalGround[]
