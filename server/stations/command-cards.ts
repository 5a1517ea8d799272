import { makeCommandCode } from '../../labels/item-code.ts'
import { toSvg } from '../../labels/render.ts'
import { benchCard } from '../../labels/templates/bench-card.ts'
import type { CommandCard, CommandWord, Words } from './protocol.ts'

const WORDS: Readonly<Record<CommandWord, Words>> = {
  CONFIRM: { zh: '确认', en: 'Confirm' },
  REFUSE: { zh: '退回/不符', en: 'Refuse' },
  WEIGH: { zh: '称重', en: 'Weigh' },
  UNDO: { zh: '撤销', en: 'Undo' },
  CANCEL: { zh: '取消', en: 'Cancel' },
  MOVE: { zh: '移位', en: 'Move' },
  LOOKUP: { zh: '查询', en: 'Look up' },
  OPEN: { zh: '开锁', en: 'Open a lock' },
  LOCK: { zh: '锁定', en: 'Lock' },
}

/** The cards with which a scanner alone works a bench. */
export const commandCards: readonly CommandCard[] = (Object.keys(WORDS) as CommandWord[]).map((word) => ({
  word,
  payload: makeCommandCode(word),
  words: WORDS[word],
}))

/** One card as it is printed. */
export function drawCommandCard(word: CommandWord): string {
  return toSvg(benchCard({ code: makeCommandCode(word), words: WORDS[word] }, '100x60'))
}
