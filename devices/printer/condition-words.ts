import type { FaultWords, PrinterCondition } from '../reading.ts'

/** What a printer says is wrong, for the person who goes to it. */
export const CONDITION_WORDS: Readonly<Record<PrinterCondition, FaultWords>> = {
  'paper-out': { zh: '缺纸', en: 'out of paper' },
  'head-open': { zh: '打印头或机盖未合上', en: 'head or cover open' },
  'ribbon-out': { zh: '碳带用完', en: 'out of ribbon' },
  paused: { zh: '已暂停', en: 'paused' },
  'paper-jam': { zh: '卡纸', en: 'paper jam' },
  'over-temperature': { zh: '打印头过热，请等待冷却', en: 'head too hot: let it cool' },
  'under-temperature': { zh: '打印头过冷，请等待升温', en: 'head too cold: let it warm up' },
  'buffer-full': { zh: '缓冲区已满', en: 'buffer full' },
  'cutter-error': { zh: '切刀故障', en: 'cutter error' },
  'label-waiting': { zh: '有标签待取走', en: 'a label waits to be taken' },
  'other-error': { zh: '其他故障，请看打印机上的提示', en: 'another error: look at the printer' },
}

/** Several conditions as one sentence. */
export function conditionWords(conditions: readonly PrinterCondition[]): FaultWords {
  const said = conditions.map((condition) => CONDITION_WORDS[condition])
  return { zh: said.map(({ zh }) => zh).join('；'), en: said.map(({ en }) => en).join('; ') }
}
