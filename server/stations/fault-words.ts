import type { DeviceKind, Fault, FaultCode } from '../../devices/reading.ts'
import type { Words } from '../refusal.ts'
import type { Say } from './say.ts'

interface FaultText {
  readonly words: Words
  readonly remedy: Words
}

/** What a person at the bench reads of a device fault, and what to do. */
const faults: Readonly<Record<FaultCode, FaultText>> = {
  'line-cut': {
    words: { zh: '扫描中途断开，内容不完整，未采用', en: 'The line broke in mid-scan; what came was not used' },
    remedy: { zh: '请检查连接线后重新扫描', en: 'Check the cable and scan again' },
  },
  'line-too-long': {
    words: { zh: '扫描内容过长，未采用', en: 'The scan is too long and was not used' },
    remedy: { zh: '请扫描本系统的标签', en: 'Scan a label of this system' },
  },
  'line-garbled': {
    words: { zh: '扫描内容乱码，未采用', en: 'The scan is garbled and was not used' },
    remedy: {
      zh: '请重新扫描；反复出现请核对扫描器的波特率和校验设置',
      en: 'Scan again; if it stays, check baud rate and parity of the scanner',
    },
  },
  'no-answer': {
    words: { zh: '设备没有应答', en: 'The device does not answer' },
    remedy: { zh: '请检查电源和连接线', en: 'Check power and cable' },
  },
  protocol: {
    words: { zh: '设备应答无法识别', en: 'The device answers in a way that is not known' },
    remedy: {
      zh: '请重试；反复出现请系统管理员核对协议设置',
      en: 'Try again; if it stays, the system administrator checks the protocol setting',
    },
  },
  unstable: {
    words: { zh: '秤读数不稳定，未采用', en: 'The scale does not settle; no weight was taken' },
    remedy: {
      zh: '请避开风和震动，放稳；称重步骤里停稳后自动采用',
      en: 'Keep off wind and shaking; a step that weighs takes it as soon as it rests',
    },
  },
  overload: {
    words: { zh: '超过秤的量程', en: 'The load is beyond the scale' },
    remedy: { zh: '请取下物品，换用量程更大的秤', en: 'Take it off and use a larger scale' },
  },
  underload: {
    words: { zh: '秤盘未放好，或读数低于零', en: 'The pan is off, or the weight is below zero' },
    remedy: { zh: '请放好秤盘并清零，再扫“称重”卡', en: 'Put the pan on, zero it, then scan the WEIGH card' },
  },
  'device-error': {
    words: { zh: '设备报告故障', en: 'The device reports an error of its own' },
    remedy: { zh: '请看设备上的提示；联系系统管理员', en: 'Look at the device; call the system administrator' },
  },
  'port-gone': {
    words: { zh: '设备已断开', en: 'The device is unplugged' },
    remedy: { zh: '请重新插好连接线，自动恢复', en: 'Plug it in again; it comes back by itself' },
  },
  'port-busy': {
    words: { zh: '端口被其他程序占用', en: 'Another program has the port' },
    remedy: {
      zh: '请关闭占用端口的程序；设备页列出插入的端口，可看是否有两台设备设在同一端口上',
      en: 'Close the program that has it; the devices page lists what is plugged in, and whether two devices are set up for one port',
    },
  },
  'port-refused': {
    words: { zh: '连不上设备', en: 'The device cannot be reached' },
    remedy: { zh: '请检查设备电源、网络或权限', en: 'Check its power, the network or the permission' },
  },
}

/** What people call each kind of device. */
export const kinds: Readonly<Record<DeviceKind, Words>> = {
  scanner: { zh: '扫描器', en: 'Scanner' },
  rfid: { zh: 'RFID 读写器', en: 'RFID reader' },
  'label-printer': { zh: '标签打印机', en: 'Label printer' },
  'receipt-printer': { zh: '小票打印机', en: 'Receipt printer' },
  'office-printer': { zh: '文书打印机', en: 'Office printer' },
  scale: { zh: '电子秤', en: 'Scale' },
  keypad: { zh: '评价器', en: 'Keypad' },
  badge: { zh: '工牌读卡器', en: 'Badge reader' },
  relay: { zh: '继电器', en: 'Relay' },
}

/** A fault in words, with the device's kind in front. */
export function faultWords(kind: DeviceKind, code: FaultCode): FaultText {
  const { words, remedy } = faults[code]
  return { words: { zh: `${kinds[kind].zh}：${words.zh}`, en: `${kinds[kind].en}: ${words.en}` }, remedy }
}

const WHOLE_READINGS: Words = {
  zh: '只采用设备完整、可识别的读数',
  en: 'Only a whole reading that is understood is taken',
}

/** The verdict on a reading that is a fault. The detail is for the log and never shown. */
export function faulty(kind: DeviceKind, { code }: Pick<Fault, 'code'>): Say {
  return { outcome: 'fault', code: `devices.${code}`, ...faultWords(kind, code), rule: WHOLE_READINGS }
}

/** Our own end failed, perhaps while it wrote: the same may be tried again, and the screen shows where the work stands. */
export const serverBusy: Say = {
  outcome: 'fault',
  code: 'server.busy',
  words: {
    zh: '服务器暂时不可用，本次是否已写入不能确定',
    en: 'The server is not available now; whether this was written is not known',
  },
  rule: { zh: '写入与否以台账为准', en: 'What the register holds was written, nothing else' },
  remedy: {
    zh: '恢复后先看屏幕所示步骤，再继续扫描；持续出现请联系系统管理员',
    en: 'Look at the step on the screen once it is back, then go on; if it stays, call the system administrator',
  },
}
