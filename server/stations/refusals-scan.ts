import type { RefusalText } from '../refusal.ts'

const SCAN_AGAIN = { zh: '请看清标签后重新扫描', en: 'Look at the label and scan again' }
const LOOK_FIRST = { zh: '请看屏幕上当前的步骤，再扫描一次', en: 'Look at the step on the screen, then scan again' }
const THIS_FIRST = {
  zh: '请先做这一步；{way}',
  en: 'Do this step first; {wayEn}',
}

/** What was scanned, typed or chosen at a station, and does not fit. */
export const scanRefusals = {
  'stations.several-tags': {
    status: 409,
    detail: {
      zh: '读写器上不止一枚标签，无法确定是哪一件',
      en: 'More than one tag lies on the reader: which item is meant is not clear',
    },
    rule: null,
    remedy: { zh: '请只留下要办理的一件，或扫描它的物品卡', en: 'Leave only the one item there, or scan its card' },
  },
  'stations.unknown-tag': {
    status: 404,
    detail: { zh: '没有物品使用此标签：{epc}', en: 'No item wears this tag: {epc}' },
    rule: null,
    remedy: {
      zh: '请扫描物品卡；标签交保管人员核对',
      en: 'Scan the card of the item; have the custodian look at the tag',
    },
  },
  'stations.stale': {
    status: 409,
    detail: { zh: '这次扫描已过去 {seconds} 秒，未处理', en: 'This scan is {seconds} seconds old; it did nothing' },
    rule: { zh: '过时扫描不处理', en: 'A scan that comes late is not acted on' },
    remedy: LOOK_FIRST,
  },
  'stations.step-over': {
    status: 409,
    detail: {
      zh: '步骤已由另一设备或屏幕推进，本次操作未处理',
      en: 'Another device or screen has moved this step on; this did nothing',
    },
    rule: { zh: '过时扫描不处理', en: 'A scan that comes late is not acted on' },
    remedy: LOOK_FIRST,
  },
  'stations.queue-full': {
    status: 429,
    detail: { zh: '扫描过快，本次未处理', en: 'Too many scans are waiting; this one did nothing' },
    rule: null,
    remedy: { zh: '请等提示音后再扫描', en: 'Wait for the tone before the next scan' },
  },
  'stations.wrong-check': {
    status: 422,
    detail: {
      zh: '校验位不符：标签破损、误读或手工录错',
      en: 'The check characters are wrong: a damaged, misread or mistyped code',
    },
    rule: { zh: '编码校验（MOD 1271-36）', en: 'Check characters (MOD 1271-36)' },
    remedy: SCAN_AGAIN,
  },
  'stations.full-width': {
    status: 422,
    detail: {
      zh: '编码中有全角字符：编码只用半角数字、字母和连字符',
      en: 'The code has full-width characters: codes are of half-width digits, letters and hyphens',
    },
    rule: { zh: '编码校验（MOD 1271-36）', en: 'Check characters (MOD 1271-36)' },
    remedy: {
      zh: '请切换到半角（英文）输入后重新输入，或扫描标签',
      en: 'Switch the input method to half-width and type it again, or scan the label',
    },
  },
  'stations.unknown-code': {
    status: 422,
    detail: { zh: '不是本系统的编码：{text}', en: 'Not a code of this system: {text}' },
    rule: null,
    remedy: { zh: '请扫描物品、清单、库位标签、指令卡或工牌', en: 'Scan an item, list, shelf, command card or badge' },
  },
  'stations.unknown-command': {
    status: 422,
    detail: { zh: '没有此指令卡：{word}', en: 'There is no such command card: {word}' },
    rule: null,
    remedy: { zh: '请使用本系统打印的指令卡', en: 'Use the command cards this system prints' },
  },
  'stations.wrong-kind': {
    status: 409,
    detail: { zh: '扫到的是{got}；现在要{wanted}', en: 'That was {gotEn}. Now {wantedEn}' },
    rule: { zh: '按步骤办理', en: 'Step by step' },
    remedy: THIS_FIRST,
  },
  'stations.not-asked': {
    status: 409,
    detail: { zh: '这一步用不上“{word}”；现在要{wanted}', en: 'Nothing to {wordEn} at this step. Now {wantedEn}' },
    rule: { zh: '按步骤办理', en: 'Step by step' },
    remedy: THIS_FIRST,
  },
  'stations.no-work-here': {
    status: 409,
    detail: { zh: '本工位不办理物品', en: 'Nothing is done with items at this station' },
    rule: null,
    remedy: { zh: '请到入库台或办案桌面办理', en: 'Use a bench of the store or a desk' },
  },
  'stations.nothing-to-undo': {
    status: 409,
    detail: { zh: '没有可以撤销的扫描', en: 'There is no scan to take back' },
    rule: { zh: '只能撤销确认之前的最后一次扫描', en: 'Only the last scan before a confirmation is undone' },
    remedy: {
      zh: '已确认的事项不能撤销，请按更正流程办理',
      en: 'What was confirmed stays; correct it by its own procedure',
    },
  },
  'stations.no-scale': {
    status: 409,
    detail: {
      zh: '本工位没有电子秤，不能办理须称重的物品',
      en: 'This station has no scale for an item that must be weighed',
    },
    rule: { zh: '监察法实施条例(2021) 128(一)', en: 'Supervision Law Regulations (2021) 128(1)' },
    remedy: {
      zh: '请到有电子秤的工位办理，或由系统管理员配置',
      en: 'Use a station with a scale, or have the system administrator add one',
    },
  },
  'stations.nothing-left': {
    status: 409,
    detail: { zh: '{what} 已全部办完', en: 'Everything of {what} has been dealt with' },
    rule: null,
    remedy: { zh: '请扫描另一份清单', en: 'Scan another list' },
  },
  'stations.not-in-work': {
    status: 409,
    detail: { zh: '{what} 不属于本次办理（{work}）', en: '{what} does not belong to what is being done ({work})' },
    rule: { zh: '按清单逐件办理', en: 'Item by item, as listed' },
    remedy: { zh: '请先办完或取消当前事项', en: 'Finish or cancel what is being done first' },
  },
  'stations.done-already': {
    status: 409,
    detail: { zh: '{item} 本次已办过', en: '{item} has had its turn in this act' },
    rule: { zh: '每件物品只办一次', en: 'Each item once' },
    remedy: { zh: '请扫描下一件', en: 'Scan the next item' },
  },
  'stations.not-there': {
    status: 409,
    detail: {
      zh: '{item} 登记在 {location}，不在刚扫描的库位',
      en: '{item} is registered at {location}, not at the shelf just scanned',
    },
    rule: { zh: '账实相符', en: 'Account and goods agree' },
    remedy: { zh: '请核对实物所在的库位', en: 'Check where the item really lies' },
  },
} as const satisfies Record<string, RefusalText>
