import type { AskView, CommandWord, OptionView, Words } from './protocol.ts'

/** What the command cards are called in a sentence. */
const CARDS: Readonly<Record<CommandWord, Words>> = {
  CONFIRM: { zh: '确认', en: 'CONFIRM' },
  CANCEL: { zh: '取消', en: 'CANCEL' },
  UNDO: { zh: '撤销', en: 'UNDO' },
  REFUSE: { zh: '退回', en: 'REFUSE' },
  MOVE: { zh: '移位', en: 'MOVE' },
  LOOKUP: { zh: '查询', en: 'LOOKUP' },
  OPEN: { zh: '开锁', en: 'OPEN' },
  WEIGH: { zh: '称重', en: 'WEIGH' },
  LOCK: { zh: '锁定', en: 'LOCK' },
}

/** What a step wants, to stand after “now” in a sentence; `ask` is null at an idle station. */
export function wantedOf(ask: AskView | null): Words {
  switch (ask?.kind) {
    case undefined:
    case 'scan-anything':
      return { zh: '扫描清单、物品或库位', en: 'scan a list, an item or a shelf' }
    case 'scan-badge':
      return ask.who === null
        ? spoken(ask.words)
        : { zh: `刷 ${ask.who.name} 的工牌`, en: `scan the badge of ${ask.who.name}` }
    case 'pin':
      return { zh: `输入 ${ask.who?.name ?? ''} 的 PIN`, en: `give the PIN of ${ask.who?.name ?? ''}` }
    case 'weigh':
      return { zh: '把手中的物品放上电子秤', en: 'put the item in hand on the scale' }
    case 'confirm':
      return answers(ask.options)
    case 'scan-item':
    case 'scan-shelf':
      return spoken(ask.words)
    case 'choose':
      // Words of its own are asked for in words; else the question may be a statement, and the answers are what is wanted.
      return ask.text ? spoken(ask.words) : answers(ask.options)
  }
}

/** What leads to something else than this step: work that cannot be cancelled has to be settled. */
export function otherWay(ask: AskView | null): Words {
  if (ask === null || ask.options.some(({ word }) => word === 'CANCEL'))
    return { zh: '要改办别的，先扫“取消”卡', en: 'to do something else, scan the CANCEL card before' }
  return {
    zh: '已发现不符，不能取消：核对相符或登记异常后，才能改办别的',
    en: 'a difference was found and nothing is cancelled: it is settled, by what agrees or by an incident, before anything else',
  }
}

function spoken({ zh, en }: Words): Words {
  return { zh: zh.replace(/^请/, ''), en: en.charAt(0).toLowerCase() + en.slice(1) }
}

/** The answers to a question, each with the card that gives it. */
function answers(options: readonly OptionView[]): Words {
  const own = options.filter(({ word }) => word !== 'UNDO' && word !== 'CANCEL')
  const zh = own.map(({ words, word }) => `“${words.zh}”${word === null ? '' : `（扫“${CARDS[word].zh}”卡）`}`)
  const en = own.map(({ words, word }) => `${words.en}${word === null ? '' : ` (${CARDS[word].en} card)`}`)
  return { zh: `选${zh.join('或')}`, en: `answer: ${en.join(' or ')}` }
}
