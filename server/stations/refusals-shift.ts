import type { RefusalText } from '../refusal.ts'

const OWN_BADGE = { zh: '请先刷本工位保管人员的工牌', en: 'Scan the badge of who works at this station first' }
const DESK_BADGE = { zh: '请先刷本部门办案人员的工牌', en: 'Scan the badge of an officer of this department first' }

/** Who works at a station: its screens, shifts, and what a bench did without the server. */
export const shiftRefusals = {
  'stations.wrong-code': {
    status: 401,
    detail: { zh: '屏幕接入码不正确、已用过或已过期', en: 'The code for this screen is wrong, used or out of date' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '由系统管理员重新生成（{minutes} 分钟内有效，只能用一次）',
      en: 'The system administrator makes a new one ({minutes} minutes, once)',
    },
  },
  'stations.not-a-screen': {
    status: 401,
    detail: { zh: '本机不是该工位的屏幕', en: 'This is no screen of that station' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请输入屏幕接入码，由系统管理员生成', en: 'Type the code that the system administrator makes' },
  },
  'stations.locked': {
    status: 423,
    detail: { zh: '工位已锁定，本次扫描未处理', en: 'The station is locked; this scan did nothing' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: OWN_BADGE,
  },
  'stations.locked-at-desk': {
    status: 423,
    detail: { zh: '登记台已锁定，本次扫描未处理', en: 'The desk is locked; this scan did nothing' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: DESK_BADGE,
  },
  'stations.nobody-at-desk': {
    status: 423,
    detail: { zh: '登记台还没有人登录，本次扫描未处理', en: 'Nobody is signed in at this desk; this scan did nothing' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: DESK_BADGE,
  },
  'stations.nobody': {
    status: 423,
    detail: { zh: '工位还没有人登录，本次扫描未处理', en: 'Nobody is signed in here; this scan did nothing' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '请先刷本工位保管人员的工牌；没带工牌的，请同库保管人员在库房页面担保后输入登录名',
      en: 'Scan the badge of who works here first; without one, a custodian of the store vouches on its page, then type the log-in',
    },
  },
  'stations.pin-wanted': {
    status: 409,
    detail: {
      zh: '正在等待 {name} 输入 PIN，本次扫描未处理',
      en: 'Waiting for the PIN of {name}; this scan did nothing',
    },
    rule: { zh: '签名须本人当场输入 PIN', en: 'Who signs gives the PIN there and then' },
    remedy: { zh: '请输入 PIN，或扫“取消”卡', en: 'Give the PIN, or scan the CANCEL card' },
  },
  'stations.shift-ended': {
    status: 403,
    detail: {
      zh: '当班已结束：工牌已停用，或在此已无岗位；没有确认的内容未登记',
      en: 'The shift is over: the badge was revoked or the post here has ended; what was not confirmed is not recorded',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '由仍在岗的保管人员刷工牌继续；有疑问找安全管理员',
      en: 'Another custodian with a post here goes on; ask the security administrator',
    },
  },
  'stations.wrong-pin': {
    status: 401,
    detail: { zh: '{name} 的 PIN 不正确', en: 'The PIN of {name} is not right' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '请重新输入；忘记 PIN 请找系统管理员和安全管理员',
      en: 'Give it again; the system and the security administrator together deal a new one',
    },
  },
  'stations.unknown-badge': {
    status: 404,
    detail: { zh: '没有此工牌，或已停用', en: 'This badge is unknown or no longer valid' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: {
      zh: '请换用本人工牌；忘带或遗失的，请同库保管人员在库房页面担保后输入登录名',
      en: 'Use your own badge; without one, a custodian of the store vouches on its page and you type your log-in',
    },
  },
  'stations.no-post-at-desk': {
    status: 403,
    detail: {
      zh: '{name} 在 {place} 没有岗位，不能使用本工位',
      en: '{name} holds no post at {place} and cannot work at this station',
    },
    rule: { zh: '监察法 18(2)（保密）', en: 'Supervision Law 18(2) (secrecy)' },
    remedy: { zh: '由具备岗位的人员办理', en: 'Somebody with a post here does it' },
  },
  'stations.no-post-here': {
    status: 403,
    detail: {
      zh: '{name} 在 {place} 没有岗位，不能使用本工位',
      en: '{name} holds no post at {place} and cannot work at this station',
    },
    rule: { zh: '监察法 28(2)（专人保管）', en: 'Supervision Law 28(2) (kept by appointed people)' },
    remedy: { zh: '由具备岗位的人员办理', en: 'Somebody with a post here does it' },
  },
  'stations.in-use': {
    status: 409,
    detail: {
      zh: '{name} 在本工位还有未办完的事项',
      en: '{name} has something unfinished at this station',
    },
    rule: { zh: '一个工位一次只由一人办一项', en: 'One person does one thing at a station at a time' },
    remedy: {
      zh: '由 {name} 刷工牌继续或取消；{minutes} 分钟无人操作后可由他人接手（未确认的内容作废）',
      en: '{name} goes on or cancels; after {minutes} idle minutes another may take over (what is not confirmed is dropped)',
    },
  },
  'stations.offline-unknown': {
    status: 409,
    detail: {
      zh: '断网记录没有有效的凭据：本服务器没有为该工位打开过这份清单',
      en: 'The record has no valid pass: this server never opened this list for that station',
    },
    rule: { zh: '断网时只办理已打开的清单', en: 'Without the line only an open list goes on' },
    remedy: { zh: '请核对实物，并告知系统管理员', en: 'Look at the thing, and tell the system administrator' },
  },
  'stations.offline-badge': {
    status: 409,
    detail: {
      zh: '打开该班次的工牌已吊销，断网期间可能由他人使用（{person}）',
      en: 'The badge that opened the shift was revoked; somebody else may have shown it meanwhile ({person})',
    },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: { zh: '请核对实物和当时的人员后重新办理', en: 'Look at the thing and at who was there, and do it again' },
  },
  'stations.offline-shift': {
    status: 409,
    detail: { zh: '记录时该班次已超过 8 小时', en: 'The shift of 8 hours was over when it was recorded' },
    rule: { zh: '每班次开始时核对 PIN', en: 'A PIN at the start of each shift' },
    remedy: { zh: '请核对实物后重新办理', en: 'Look at the thing, and do it again' },
  },
  'stations.offline-closed': {
    status: 409,
    detail: {
      zh: '断网记录到达时，该工位的清单 {list} 已取消，或 {item} 已不在待办之列',
      en: 'When the record came, list {list} was no longer open at that station, or {item} did not wait for its turn',
    },
    rule: { zh: '经办人的签名只管当时打开的清单', en: 'A signature covers the list as it was opened, no longer' },
    remedy: { zh: '请核对实物后重新办理', en: 'Look at the thing, and do it again' },
  },
  'stations.offline-device': {
    status: 409,
    detail: {
      zh: '断网记录到达时，{device} 已改名、移走或改接其他电脑',
      en: 'When the record came, {device} had another name, place or PC',
    },
    rule: { zh: '记录只从登记的设备接收', en: 'A record counts from a device that is set up' },
    remedy: { zh: '请核对实物后重新办理', en: 'Look at the thing, and do it again' },
  },
  'stations.offline-failed': {
    status: 409,
    detail: { zh: '程序未能处理这条断网记录', en: 'The program could not handle this record' },
    rule: { zh: '断网记录不得丢失', en: 'No record is lost' },
    remedy: {
      zh: '请核对实物后重新办理，并告知系统管理员',
      en: 'Look at the thing, do it again, and tell the system administrator',
    },
  },
} as const satisfies Record<string, RefusalText>
