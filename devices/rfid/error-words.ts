import type { Fault, FaultWords } from '../reading.ts'

type Words = readonly [zh: string, en: string]
export type ErrorTable = ReadonlyMap<number, Words>

/** The fault of a device that gave this code of its own; a code that is not in the table is told by its number. */
export function codeFault(device: string, code: number, table: ErrorTable, said = ''): Fault {
  const known = table.get(code)
  const number = code.toString(16).toUpperCase().padStart(2, '0')
  const words: FaultWords =
    known === undefined
      ? { zh: `设备错误码 ${number}`, en: `error ${number} of the device` }
      : { zh: known[0], en: known[1] }
  return { code: 'device-error', detail: `${device} ${number}: ${said === '' ? words.en : said}`, words }
}

const NO_TAG: Words = ['没有标签应答', 'no tag answers']
const PASSWORD: Words = ['访问密码不正确', 'the access password is wrong']
const OVERRUN: Words = ['超出标签存储区', 'the tag has no such memory']
const LOCKED: Words = ['标签存储区已锁定', 'the tag’s memory is locked']
const POWER: Words = ['标签供电不足，请靠近读写器', 'the tag gets too little power; bring it closer']
const PARAMETER: Words = ['参数无效', 'a parameter is not valid']

export const A0_ERRORS: ErrorTable = new Map([
  [0x11, ['命令失败', 'the command failed']],
  [0x20, ['主控复位出错', 'the controller could not be reset']],
  [0x21, ['打开载波出错', 'the carrier could not be switched on']],
  [0x22, ['天线未连接', 'the antenna is not connected']],
  [0x23, ['写入闪存出错', 'the reader’s memory could not be written']],
  [0x24, ['读取闪存出错', 'the reader’s memory could not be read']],
  [0x25, ['设置输出功率出错', 'the power could not be set']],
  [0x31, ['盘存标签出错', 'the inventory failed']],
  [0x32, ['读标签出错', 'the tag could not be read']],
  [0x33, ['写标签出错', 'the tag could not be written']],
  [0x34, ['锁定标签出错', 'the tag could not be locked']],
  [0x35, ['灭活标签出错', 'the tag could not be killed']],
  [0x36, NO_TAG],
  [0x37, ['盘存成功但访问失败', 'the tag was found, and could not be accessed']],
  [0x38, ['缓存为空', 'the buffer is empty']],
  [0x40, ['访问标签出错或密码不正确', 'access failed, or the password is wrong']],
  [0x41, PARAMETER],
  [0x42, ['读写字数过长', 'too many words at once']],
  [0x43, ['存储区号超出范围', 'there is no such bank']],
  [0x46, ['读写器地址无效', 'the reader’s address is not valid']],
  [0x47, ['天线号超出范围', 'there is no such antenna']],
  [0x48, ['输出功率超出范围', 'the power is out of range']],
  [0x49, ['频率区域超出范围', 'the region is out of range']],
  [0x4c, ['EPC 匹配长度过长', 'the EPC to be matched is too long']],
  [0x50, ['没有取得标签句柄', 'the tag gave no handle']],
  [0x52, ['锁相环失锁', 'the frequency is not locked']],
  [0x53, ['射频芯片无响应', 'the radio chip does not answer']],
  [0x54, ['达不到设定功率', 'the power cannot be reached']],
  [0x57, ['输出功率过低', 'the power is too low']],
])

export const BB_ERRORS: ErrorTable = new Map([
  [0x09, ['没有标签应答或 EPC 不符，未读', 'no such tag answers; nothing was read']],
  [0x10, ['没有标签应答或 EPC 不符，未写', 'no such tag answers; nothing was written']],
  [0x15, NO_TAG],
  [0x16, PASSWORD],
  [0x17, ['命令无效', 'the command is not known']],
  [0x20, ['跳频找不到空闲信道', 'no free channel was found']],
  [0xa3, OVERRUN],
  [0xa4, LOCKED],
  [0xab, POWER],
  [0xaf, ['标签拒绝读取', 'the tag refuses to be read']],
  [0xb3, OVERRUN],
  [0xb4, LOCKED],
  [0xbb, POWER],
  [0xbf, ['标签拒绝写入', 'the tag refuses to be written']],
])

export const U18_ERRORS: ErrorTable = new Map([
  [0x02, ['盘存超时', 'the inventory timed out']],
  [0x04, ['读写器闪存已满', 'the reader’s memory is full']],
  [0x05, PASSWORD],
  [0xf9, ['执行命令出错', 'the command could not be carried out']],
  [0xfa, ['有标签但通信不畅', 'a tag is there, and is heard badly']],
  [0xfb, NO_TAG],
  [0xfc, ['标签返回错误', 'the tag gave an error']],
  [0xfd, ['命令长度错误', 'the command has a wrong length']],
  [0xfe, ['非法命令', 'the command is not known']],
  [0xff, PARAMETER],
])

/** What a tag of Gen2 itself says, behind UHFReader18's status FC. */
export const TAG_ERRORS: ErrorTable = new Map([
  [0x00, ['标签返回其他错误', 'the tag gave some error']],
  [0x03, OVERRUN],
  [0x04, LOCKED],
  [0x0b, POWER],
  [0x0f, ['标签返回不明错误', 'the tag gave an error it does not name']],
])

export const LLRP_STATUS: ErrorTable = new Map([
  [100, ['消息参数错误', 'a parameter of the message is wrong']],
  [101, ['消息字段错误', 'a field of the message is wrong']],
  [102, ['意外的参数', 'a parameter was not expected']],
  [103, ['缺少参数', 'a parameter is missing']],
  [104, ['参数重复', 'a parameter stands twice']],
  [105, ['参数过多', 'too many parameters']],
  [106, ['字段过多', 'too many fields']],
  [107, ['参数不支持', 'a parameter is not supported']],
  [108, ['字段不支持', 'a field is not supported']],
  [109, ['消息不支持', 'the message is not supported']],
  [110, ['协议版本不支持', 'the version of the protocol is not supported']],
  [111, ['消息类型不支持', 'the type of message is not supported']],
  [112, ['意外的消息', 'the message was not expected']],
  [200, ['参数错误', 'a parameter is wrong']],
  [201, ['参数字段错误', 'a field of a parameter is wrong']],
  [300, ['字段无效', 'a field is not valid']],
  [301, ['字段超出范围', 'a field is out of range']],
  [401, ['读写器设备错误', 'the reader has an error']],
])

export const LLRP_READ_RESULTS: ErrorTable = new Map([
  [1, ['标签返回不明错误', 'the tag gave an error it does not name']],
  [2, ['标签没有应答', 'the tag does not answer']],
  [3, ['读写器返回不明错误', 'the reader gave an error it does not name']],
  [4, OVERRUN],
  [5, LOCKED],
  [6, PASSWORD],
])

export const LLRP_WRITE_RESULTS: ErrorTable = new Map([
  [1, OVERRUN],
  [2, LOCKED],
  [3, POWER],
  [4, ['标签返回不明错误', 'the tag gave an error it does not name']],
  [5, ['标签没有应答', 'the tag does not answer']],
  [6, ['读写器返回不明错误', 'the reader gave an error it does not name']],
  [7, PASSWORD],
])

/** For readers that count antennas from 1, as their sockets are labelled. */
export function antennaFault(antenna: number): Fault {
  return {
    code: 'device-error',
    detail: `antenna ${antenna} is not connected`,
    words: { zh: `${antenna} 号天线未连接`, en: `antenna ${antenna} is not connected` },
  }
}
