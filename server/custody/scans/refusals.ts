import type { RefusalText } from '../../refusal.ts'

const ARCHIVE = {
  zh: '本系统规则（签名原件扫描归档，更换须说明理由，前后均保留）',
  en: 'A rule of this program (signed originals are scanned; another scan says why, and both stay)',
}

/** Signed sheets that are attached to papers. */
export const scanRefusals = {
  'custody.scan-missing': {
    status: 422,
    detail: {
      zh: '文书 {number} 的扫描件中有 {count} 张不是您上传的图片',
      en: '{count} of the pictures for paper {number} were not uploaded by you',
    },
    rule: ARCHIVE,
    remedy: { zh: '请重新上传', en: 'Upload them again' },
  },
  'custody.scan-reason': {
    status: 422,
    detail: {
      zh: '文书 {number} 已有签名扫描件，更换须说明理由',
      en: 'Paper {number} has a signed scan already: another one says why',
    },
    rule: ARCHIVE,
    remedy: { zh: '请写明更换理由', en: 'Say why it takes the place of the one before' },
  },
  'custody.scan-same': {
    status: 409,
    detail: { zh: '文书 {number} 的签名扫描件就是这一份', en: 'This is the signed scan that paper {number} has' },
    rule: ARCHIVE,
    remedy: { zh: '无须再登记', en: 'Nothing is left to do' },
  },
} as const satisfies Record<string, RefusalText>
