import { CONDITION_WORDS } from '../../../devices/printer/condition-words.ts'
import type { FaultCode, PrinterCondition } from '../../../devices/reading.ts'
import type { LabelRefusalCode } from '../../../labels/refused.ts'
import type { Words } from '../../refusal.ts'
import type { ShownFault } from './protocol.ts'
import { faultWords } from '../../stations/fault-words.ts'

/** Why a label is not on paper, or why nobody can say: codes only, so that no free text gets into a register. */
export type LabelFault = { readonly code: LabelFaultCode; readonly conditions: readonly PrinterCondition[] }

export type LabelFaultCode =
  | FaultCode
  | LabelRefusalCode
  /** The program stopped while the printer was at it. */
  | 'interrupted'
  /** The station was set up anew without this printer. */
  | 'no-printer'
  /** What the label is of was not there when it was drawn. */
  | 'nothing-to-draw'
  /** A person looked, and nothing had come out. */
  | 'nothing-seen'

type FaultsInWords = Readonly<Record<LabelFaultCode, Words>>

function wordsOf(kind: 'label-printer' | 'office-printer'): FaultsInWords {
  const printer = (code: FaultCode): Words => faultWords(kind, code).words
  return {
    'line-cut': printer('line-cut'),
    'line-too-long': printer('line-too-long'),
    'line-garbled': printer('line-garbled'),
    'no-answer': printer('no-answer'),
    protocol: printer('protocol'),
    unstable: printer('unstable'),
    overload: printer('overload'),
    underload: printer('underload'),
    'device-error': printer('device-error'),
    'port-gone': printer('port-gone'),
    'port-busy': printer('port-busy'),
    'port-refused': printer('port-refused'),
    'missing-glyph': { zh: '标签上有字库没有的字', en: 'The label has a character that the font does not draw' },
    'control-character': { zh: '标签文字含控制字符', en: 'The label has a control character' },
    'text-empty': { zh: '标签上有一栏为空', en: 'A field of the label is empty' },
    'text-too-long': { zh: '标签文字太长，排不下', en: 'A text of the label does not fit' },
    'symbol-too-large': { zh: '条码在此尺寸的标签上排不下', en: 'The code does not fit a label of this size' },
    'stock-too-small': {
      zh: '打印机装的标签纸太小，封条须用 100x60 毫米的标签',
      en: 'The printer is loaded with labels that are too small; a seal strip takes 100x60 mm',
    },
    'code-wrong': { zh: '标签编号无效', en: 'The code of the label is not sound' },
    'value-wrong': { zh: '标签上有数值或日期超出范围', en: 'A number or date of the label is out of range' },
    interrupted: { zh: '打印时程序中断', en: 'The program stopped while printing' },
    'no-printer': { zh: '打印机已不在此工位', en: 'The printer is not at this station any more' },
    'nothing-to-draw': { zh: '没有可打印的内容', en: 'There was nothing to draw' },
    'nothing-seen': { zh: '到打印机旁查看，没有打出', en: 'Somebody looked at the printer: nothing came out' },
  }
}

export const labelFaultWords = wordsOf('label-printer')
const pageFaultWords = wordsOf('office-printer')

/** What to do at the printer, by what it says of itself. */
const conditionRemedies: Readonly<Record<PrinterCondition, Words>> = {
  'paper-out': { zh: '请装纸', en: 'put paper in' },
  'head-open': { zh: '请合上打印头或机盖', en: 'close the head or cover' },
  'ribbon-out': { zh: '请换碳带', en: 'change the ribbon' },
  paused: { zh: '请按打印机上的继续键', en: 'press the resume key of the printer' },
  'paper-jam': { zh: '请取出卡住的纸', en: 'take the jammed paper out' },
  'over-temperature': { zh: '请等待冷却', en: 'let it cool' },
  'under-temperature': { zh: '请等待升温', en: 'let it warm up' },
  'buffer-full': { zh: '请稍候，仍不恢复的重新开机', en: 'wait; if it stays, switch it off and on' },
  'cutter-error': { zh: '请清理切刀', en: 'clear the cutter' },
  'label-waiting': { zh: '请取走已打出的标签', en: 'take the printed label away' },
  'other-error': { zh: '请看打印机上的提示', en: 'look at the printer' },
}

/** A fault as a person reads it: its code, what the printer itself says, and what to do about it. */
export function sayLabelFault(fault: LabelFault): ShownFault {
  return say(labelFaultWords, fault)
}

/** The same of a paper, at an office printer. */
export function sayPageFault(fault: LabelFault): ShownFault {
  return say(pageFaultWords, fault)
}

function say(words: FaultsInWords, { code: fault, conditions }: LabelFault): ShownFault {
  const code = `labels.${fault}`
  const { zh, en } = words[fault]
  if (conditions.length === 0) return { code, zh, en }
  const said = conditions.map((condition) => CONDITION_WORDS[condition])
  const todo = conditions.map((condition) => conditionRemedies[condition])
  return {
    code,
    zh: `${zh}（${said.map((one) => one.zh).join('、')}），${todo.map((one) => one.zh).join('、')}`,
    en: `${en} (${said.map((one) => one.en).join(', ')}): ${todo.map((one) => one.en).join(', ')}`,
  }
}
