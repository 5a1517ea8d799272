import type { Words } from '../../refusal.ts'

export interface Currency {
  readonly name: Words
  /** Decimal digits of its smaller unit: 2 for 元 and 分. */
  readonly minorDigits: 0 | 2
  /** Notes and coins that are counted, in the smaller unit, the largest first. */
  readonly faces_minor: readonly number[]
}

/** Money that can be counted by denomination. Another currency is registered as 有价证券, by its features. */
export const currencies = {
  CNY: {
    name: { zh: '人民币', en: 'Renminbi' },
    minorDigits: 2,
    faces_minor: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  },
  USD: {
    name: { zh: '美元', en: 'US dollar' },
    minorDigits: 2,
    faces_minor: [10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 25, 10, 5, 1],
  },
  EUR: {
    name: { zh: '欧元', en: 'Euro' },
    minorDigits: 2,
    faces_minor: [50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10, 5, 2, 1],
  },
  HKD: {
    name: { zh: '港元', en: 'Hong Kong dollar' },
    minorDigits: 2,
    faces_minor: [100_000, 50_000, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50, 20, 10],
  },
  JPY: {
    name: { zh: '日元', en: 'Yen' },
    minorDigits: 0,
    faces_minor: [10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1],
  },
} as const satisfies Readonly<Record<string, Currency>>

export type CurrencyCode = keyof typeof currencies
