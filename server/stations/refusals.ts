import type { RefusalText } from '../refusal.ts'

const SCAN_AGAIN = { zh: '请看清标签后重新扫描', en: 'Look at the label and scan again' }
const LOOK_FIRST = { zh: '请看屏幕上当前的步骤，再扫描一次', en: 'Look at the step on the screen, then scan again' }
const THIS_FIRST = {
  zh: '请先做这一步；要改办别的，先扫“取消”卡',
  en: 'Do this step first, or scan the CANCEL card to do something else',
}
const OWN_BADGE = { zh: '请先刷本工位保管人员的工牌', en: 'Scan the badge of who works at this station first' }

/** Refusals of stations: screens, sign-in at a bench, and scans that cannot be taken. */
export const stationRefusals = {
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
  'stations.unknown': {
    status: 404,
    detail: { zh: '没有此工位：{station}', en: 'There is no such station: {station}' },
    rule: null,
    remedy: { zh: '请核对工位编号', en: 'Check the id of the station' },
  },
  'stations.unknown-place': {
    status: 422,
    detail: { zh: '没有此部门、库房或大厅：{place}', en: 'There is no such unit, store or hall: {place}' },
    rule: null,
    remedy: { zh: '请先在组织机构中建立', en: 'Add it to the organisation first' },
  },
  'stations.device-twice': {
    status: 422,
    detail: { zh: '同一工位有两个设备叫 {device}', en: 'Two devices of this station are called {device}' },
    rule: null,
    remedy: { zh: '请改名', en: 'Rename one' },
  },
  'stations.port-twice': {
    status: 422,
    detail: {
      zh: '设备 {device} 的端口 {port} 已用于 {station} 的设备 {other}',
      en: '{device} cannot have port {port}: {other} of {station} is on it',
    },
    rule: null,
    remedy: { zh: '请核对设备的端口', en: 'Check the port of the device' },
  },
  'stations.unknown-protocol': {
    status: 422,
    detail: {
      zh: '设备 {device}（{kind}）没有协议 {protocol}',
      en: '{device}, a {kind}, cannot speak {protocol}',
    },
    rule: null,
    remedy: { zh: '可用的协议：{known}', en: 'Known protocols: {known}' },
  },
  'stations.wrong-port': {
    status: 422,
    detail: { zh: '设备 {device} 的端口地址不对：{port}', en: 'The port of {device} is no address: {port}' },
    rule: null,
    remedy: {
      zh: '写法：serial:路径?baud=9600、tcp://主机:端口、file:路径；在代理电脑上的加前缀 agent:名称/',
      en: 'Write serial:PATH?baud=9600, tcp://HOST:PORT or file:PATH; behind an agent, agent:NAME/ before it',
    },
  },
  'stations.setting-not-for': {
    status: 422,
    detail: {
      zh: '设备 {device}（{kind}，协议 {protocol}）没有“{name}”这项设置（{setting}）',
      en: '{setting} ({nameEn}) is not a setting of {device}, a {kind} that speaks {protocol}',
    },
    rule: null,
    remedy: { zh: '可用的设置：{wanted}', en: 'Known settings: {wantedEn}' },
  },
  'stations.wrong-setting': {
    status: 422,
    detail: {
      zh: '设备 {device} 的“{name}”不对（{setting}）',
      en: '{setting} ({nameEn}) of {device} is wrong',
    },
    rule: null,
    remedy: { zh: '应为：{wanted}', en: 'Wanted: {wantedEn}' },
  },
  'stations.settings-clash': {
    status: 422,
    detail: {
      zh: '设备 {device} 的“{name}”与其他设置矛盾（{setting}）',
      en: '{setting} ({nameEn}) of {device} contradicts its other settings',
    },
    rule: null,
    remedy: { zh: '{wanted}', en: '{wantedEn}' },
  },
  'stations.changed-meanwhile': {
    status: 409,
    detail: {
      zh: '工位 {station} 在您打开之后已被他人修改，本次修改未保存',
      en: 'Somebody else has changed {station} since you opened it; your change was not kept',
    },
    rule: { zh: '先看后改', en: 'Look first, then change' },
    remedy: { zh: '请查看现在的设置，再修改一次', en: 'Look at how it is now, then change it again' },
  },
  'stations.unknown-device': {
    status: 404,
    detail: { zh: '工位 {station} 没有设备 {device}', en: '{station} has no device {device}' },
    rule: null,
    remedy: { zh: '请刷新后核对设备编号', en: 'Load the page again and check the id of the device' },
  },
  'stations.too-many-devices': {
    status: 422,
    detail: { zh: '一个工位最多 {most} 台设备', en: 'A station has at most {most} devices' },
    rule: null,
    remedy: { zh: '请移到另一个工位', en: 'Use another station' },
  },
  'stations.at-work': {
    status: 409,
    detail: {
      zh: '工位 {station} 正在办理事项，此时不能清零或去皮',
      en: 'Work is going on at {station}: the scale is not zeroed or tared now',
    },
    rule: { zh: '称重期间秤的零点不变', en: 'The zero of a scale stays while it weighs' },
    remedy: { zh: '请等当前事项办完', en: 'Wait until it is finished' },
  },
  'stations.driven-elsewhere': {
    status: 503,
    detail: {
      zh: '工位 {station} 的设备此刻不由本服务进程驱动，未执行',
      en: 'This server process does not drive the devices of {station} now; nothing was done',
    },
    rule: null,
    remedy: { zh: '请稍候重试', en: 'Try again shortly' },
  },
  'stations.keypad-behind-agent': {
    status: 422,
    detail: {
      zh: '评价器 {device} 不能接在代理电脑上：评价在发出前必须先加密',
      en: '{device} is a keypad and cannot be behind an agent: a rating must be sealed before it is sent',
    },
    rule: null,
    remedy: { zh: '请把评价器接到服务器或网络上', en: 'Connect the keypad to the server or to the network' },
  },
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
  'stations.nobody': {
    status: 423,
    detail: { zh: '工位还没有人登录，本次扫描未处理', en: 'Nobody is signed in here; this scan did nothing' },
    rule: { zh: 'GB/T 22239-2019 8.1.4.1', en: 'GB/T 22239-2019 8.1.4.1' },
    remedy: OWN_BADGE,
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
      zh: '请换用本人工牌；补办由系统管理员办理',
      en: 'Use your own badge; the system administrator issues a new one',
    },
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
