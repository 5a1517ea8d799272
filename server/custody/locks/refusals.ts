import type { RefusalText } from '../../refusal.ts'

const TWO_LOCKS = {
  zh: '双人双锁：库门、保险柜、专柜须两人共同开启，保管、财务分持（海关仓库管理做法）',
  en: 'Two persons, two locks: store doors, safes and cabinets are opened by two, keeping and finance apart (customs warehouse practice)',
}

/** 双人双锁. */
export const lockRefusals = {
  'custody.no-lock-here': {
    status: 404,
    detail: { zh: '本库没有接入可开启的锁', en: 'No lock of this store is connected' },
    rule: TWO_LOCKS,
    remedy: {
      zh: '请系统管理员在设备页为本库的工位添加锁控板',
      en: 'The system administrator adds a lock board to a station of this store',
    },
  },
  'custody.not-an-opener': {
    status: 403,
    detail: {
      zh: '{person} 不能开锁：须是本库保管人员，或保管部门负责人（财务），且不是系统、安全、审计管理员',
      en: '{person} may not open a lock: a custodian of this store or the head (finance) of the department that keeps it, and no administrator',
    },
    rule: TWO_LOCKS,
    remedy: { zh: '请另一名有权的人员刷工牌', en: 'Somebody else who may scans a badge' },
  },
  'custody.finance-key': {
    status: 403,
    detail: {
      zh: '{person} 不能作为第二名开锁人：本库设有贵重库位，第二把钥匙由财务持有',
      en: '{person} cannot be the second: this store has shelves for valuables, and the second key is finance’s',
    },
    rule: TWO_LOCKS,
    remedy: {
      zh: '请保管部门负责人（财务）刷工牌；兼任本库保管人员的不算',
      en: 'The head (finance) of the keeping department scans a badge, who is no custodian of this store',
    },
  },
  'custody.opener-first': {
    status: 403,
    detail: {
      zh: '第一名开锁人是在本工位登录的保管人员 {person}',
      en: 'The first to open is the custodian who works at this station, {person}',
    },
    rule: TWO_LOCKS,
    remedy: { zh: '请 {person} 先刷工牌并输入 PIN', en: '{person} scans the badge first and gives the PIN' },
  },
  'custody.opener-late': {
    status: 409,
    detail: {
      zh: '两名开锁人的验证相隔超过 {seconds} 秒，锁没有打开',
      en: 'The openers signed more than {seconds} seconds apart; the lock was not opened',
    },
    rule: TWO_LOCKS,
    remedy: { zh: '请第一名开锁人重新刷工牌并输入 PIN', en: 'The first one scans the badge again and gives the PIN' },
  },
  'custody.openers-missing': {
    status: 403,
    detail: {
      zh: '开锁须 {openers} 人各自刷工牌并输入 PIN',
      en: '{openers} people open a lock, each with badge and PIN',
    },
    rule: TWO_LOCKS,
    remedy: { zh: '请在保管台由两人共同办理', en: 'The two do it together at a bench' },
  },
} as const satisfies Record<string, RefusalText>
