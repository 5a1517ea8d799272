import type { Words } from '../refusal.ts'
import type { SettingName } from './device-settings.ts'

/** How a person reads each setting. */
export const SETTING_WORDS: Readonly<Record<SettingName, { readonly words: Words; readonly hint: Words }>> = {
  dpi: { words: { zh: '打印精度', en: 'Print density' }, hint: { zh: '每英寸点数', en: 'Dots an inch' } },
  stock: { words: { zh: '标签规格', en: 'Label stock' }, hint: { zh: '宽 x 高，毫米', en: 'Width x height in mm' } },
  path: {
    words: { zh: 'IPP 路径', en: 'IPP path' },
    hint: { zh: '不填为 /ipp/print；见打印机说明书', en: '/ipp/print when left open; see the manual' },
  },
  fingerprint: {
    words: { zh: '证书指纹', en: 'Certificate' },
    hint: {
      zh: 'SHA-256，见打印机面板；不填则须由受信任的机构签发',
      en: 'SHA-256, on its panel; left open, someone trusted must have signed it',
    },
  },
  cut: {
    words: { zh: '切纸', en: 'Cut' },
    hint: {
      zh: '全切 full、半切 partial、没有切刀 none，不填为 full',
      en: 'none where there is no knife; full when left open',
    },
  },
  address: {
    words: { zh: '设备地址', en: 'Address on the line' },
    hint: { zh: '同一条线上有几台时各不相同', en: 'Each its own where several hang on one line' },
  },
  terminator: {
    words: { zh: '行尾', en: 'End of a line' },
    hint: { zh: '不填：CR、LF、TAB、ETX 均可', en: 'Any of CR, LF, TAB, ETX when left open' },
  },
  lrc: {
    words: { zh: '带 LRC 校验', en: 'Lines carry an LRC' },
    hint: { zh: '格式为 STX 内容 ETX LRC', en: 'STX data ETX LRC' },
  },
  gap_ms: {
    words: { zh: '静默断行', en: 'Silence ends a line' },
    hint: { zh: '扫描器不发行尾时用，通常 30 至 50', en: 'For a scanner without a suffix; 30 to 50 is usual' },
  },
  repeat_ms: {
    words: { zh: '重复扫描间隔', en: 'Repeats within' },
    hint: { zh: '此时间内同一编码算重复，不填为 800', en: 'The same code within this time; 800 when left open' },
  },
  gs1: {
    words: { zh: '按 GS1 解析', en: 'Codes are GS1' },
    hint: { zh: '没有码制标识的编码也按 GS1 解析', en: 'Also codes without a symbology identifier' },
  },
  payload_offset: {
    words: { zh: '编码起始位', en: 'Code stands at byte' },
    hint: { zh: '部分蓝牙扫描器为 4，不填为 1', en: '4 for some Bluetooth ones; 1 when left open' },
  },
  commands: {
    words: { zh: '指令集', en: 'Command set' },
    hint: { zh: '能向扫描器发提示音时填', en: 'Where the scanner can be told to beep' },
  },
  family: {
    words: { zh: '扫描器系列', en: 'Family' },
    hint: { zh: '不填为 symbol（MK1000 等）', en: 'symbol (MK1000 and alike) when left open' },
  },
  lrc_covers: {
    words: { zh: 'LRC 校验范围', en: 'LRC covers' },
    hint: { zh: 'data 为 STX 之后，frame 为整帧；不填为 data', en: 'data: from behind STX; data when left open' },
  },
  antennas: {
    words: { zh: '使用的天线', en: 'Antennas in use' },
    hint: { zh: '机身编号，用逗号分开；不填为 1', en: 'As printed on it, with commas; 1 when left open' },
  },
  power_dbm: {
    words: { zh: '发射功率', en: 'Power' },
    hint: { zh: '不填则保持读写器原有设置', en: 'Left as the reader has it when left open' },
  },
  role: {
    words: { zh: '用途', en: 'Used as' },
    hint: { zh: '只有桌面和手持读写器可写标签；不填为桌面', en: 'Only desk and hand-held ones write; desk when open' },
  },
  records: {
    words: { zh: '标签记录格式', en: 'Tag records' },
    hint: { zh: '型号不同而不同，不填为 epc', en: 'Models differ; epc when left open' },
  },
  wiegand: {
    words: { zh: '韦根卡号写法', en: 'Wiegand number form' },
    hint: { zh: '读卡器接韦根转换器时填', en: 'Behind a Wiegand converter' },
  },
  wiegand_bits: { words: { zh: '韦根位数', en: 'Wiegand bits' }, hint: { zh: '不填为 26', en: '26 when left open' } },
  streams: {
    words: { zh: '连续发送', en: 'Sends all the time' },
    hint: { zh: '秤不接受指令、自行连续发送时勾选', en: 'For a scale that takes no commands' },
  },
  profile: {
    words: { zh: '按键配置', en: 'Key profile' },
    hint: { zh: '不填为与协议同名的配置', en: 'The one named like the protocol when left open' },
  },
  accept_ms: {
    words: { zh: '评价有效时间', en: 'A press counts for' },
    hint: { zh: '不填为 10000', en: '10000 when left open' },
  },
  silence_ms: {
    words: { zh: '无人评价判定时间', en: 'Silence is the answer after' },
    hint: { zh: '不填为 20000', en: '20000 when left open' },
  },
  siren: {
    words: { zh: '警报输出', en: 'Siren output' },
    hint: {
      zh: '库门报警时接通的一路，接警灯或警号，切勿填门锁；不填则不响',
      en: 'The output switched on when the door alarms: a siren or lamp, never a door lock; none when left empty',
    },
  },
  locked: {
    words: { zh: '“已锁”状态字节', en: 'Byte for “locked”' },
    hint: { zh: '各厂家相反，不填则不读锁状态', en: 'Boards contradict each other; unread when left open' },
  },
  test_g: {
    words: { zh: '标准砝码质量', en: 'Test weight' },
    hint: {
      zh: '克，按检定证书；填写后须定期核查',
      en: 'Grams by its certificate; once set, the scale is checked at intervals',
    },
  },
  test_class: {
    words: { zh: '砝码等级', en: 'Its class' },
    hint: { zh: '按检定证书，E1 至 M3', en: 'By its certificate, E1 to M3' },
  },
  test_until: {
    words: { zh: '砝码检定有效期', en: 'Certified until' },
    hint: { zh: '证书的最后一天，如 2027-03-01', en: 'The last day of the certificate, as 2027-03-01' },
  },
  test_off_g: {
    words: { zh: '核查允许相差', en: 'May be off by' },
    hint: {
      zh: '克，按电子秤的说明书；不填为砝码质量的万分之五',
      en: 'Grams, by the manual of the scale; 5 parts in 10,000 when left open',
    },
  },
  locks: { words: { zh: '锁的数量', en: 'Number of locks' }, hint: { zh: '不填为 1', en: '1 when left open' } },
}
