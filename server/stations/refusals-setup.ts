import type { RefusalText } from '../refusal.ts'

/** Setting up a station: its place, its devices and their settings. */
export const setupRefusals = {
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
  'stations.lock-is-no-siren': {
    status: 422,
    detail: {
      zh: '{station} 的设备 {device} 不能把第 {output} 路作警报输出：该路是门锁（{lockStation} 的 {lock}，{port}）',
      en: '{device} of {station} cannot sound output {output}: it is a lock ({lock} of {lockStation}, {port})',
    },
    rule: {
      zh: '双人双锁：锁只由两人共同开启，报警不得开锁；接过锁的一路不得改作他用（海关仓库管理做法）',
      en: 'Two persons, two locks: a lock opens for two and never by an alarm, and what was a lock stays one (customs warehouse practice)',
    },
    remedy: {
      zh: '请把警号接到没有接过锁的一路；地址请写 IP 或 by-id 路径，以便与锁控板区分',
      en: 'Wire the siren to an output that was never a lock; write addresses as IP numbers or by-id paths, which tell boards apart',
    },
  },
  'stations.lock-stays': {
    status: 422,
    detail: {
      zh: '{device}（{port}）接有锁，属 {place}（工位 {station}），不能改到 {to}',
      en: '{device} ({port}) has locks of {place} (station {station}); it cannot stand at {to}',
    },
    rule: {
      zh: '双人双锁：锁由本库的保管、财务人员共同开启，不得经设备设置改由他库人员开启（海关仓库管理做法）',
      en: 'Two persons, two locks: those who keep a store open its locks, and no setting of devices hands them to another store (customs warehouse practice)',
    },
    remedy: {
      zh: '请在原库的工位使用；换到他库的锁控板须换一个地址或板号接入；地址请写 IP 或 by-id 路径，以便区分',
      en: 'Use it at a station of its own store; a board that really goes elsewhere comes there under another address or number; write addresses as IP numbers or by-id paths, which tell boards apart',
    },
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
} as const satisfies Record<string, RefusalText>
