import type { RefusalText } from '../../refusal.ts'

const CHECKED = {
  zh: '本系统规则：电子秤须用标准砝码定期核查，核查未通过的不得用于称重（以称重结果为物品特征）',
  en: 'A rule of this program: a scale is tried with a test weight at intervals, and one that failed weighs nothing',
}

/** Scales and their test weights. */
export const scaleRefusals = {
  'custody.scale-out': {
    status: 409,
    detail: {
      zh: '本工位电子秤核查未通过，停止称重：{test} 克砝码称得 {found} 克，允许相差 {tolerance} 克',
      en: 'The scale of this station failed its check and weighs nothing: it said {found} g of a test weight of {test} g, and may be off by {tolerance} g',
    },
    rule: CHECKED,
    remedy: {
      zh: '请保管人员清零、校准后，在空闲时扫“称重”卡重新核查；仍不通过的，换秤或送检',
      en: 'A custodian zeroes and calibrates it, then scans the WEIGH card at the idle bench to check it again; if it fails still, it is replaced or sent in',
    },
  },
  'custody.test-weight-missing': {
    status: 409,
    detail: { zh: '本工位电子秤没有登记标准砝码', en: 'No test weight is set up for the scale of this station' },
    rule: CHECKED,
    remedy: {
      zh: '请系统管理员在设备页为电子秤填写砝码质量、等级和检定有效期',
      en: 'The system administrator enters its mass, class and certificate day with the scale on the devices page',
    },
  },
  'custody.test-weight-expired': {
    status: 409,
    detail: { zh: '标准砝码的检定证书已于 {until} 到期', en: 'The certificate of the test weight ended on {until}' },
    rule: CHECKED,
    remedy: {
      zh: '请将砝码送检，再由系统管理员更新检定有效期',
      en: 'The weight is certified anew, and the system administrator enters the new day',
    },
  },
} as const satisfies Record<string, RefusalText>
