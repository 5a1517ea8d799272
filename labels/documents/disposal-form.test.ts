import { expect, test } from 'vitest'
import { makeCode } from '../item-code.ts'
import { readPdf } from '../testing/read-pdf.ts'
import { type DisposalForm, type DisposalFormKind, DISPOSAL_FORMS, disposalSheet } from './disposal-form.ts'
import { formPdf } from './form-pdf.ts'

const AT = new Date('2026-11-21T08:00:00Z')
const long = (length: number): string => '没收上缴国库'.repeat(length).slice(0, length)

/** Every text as long as it may be typed. */
const fullest = (kind: DisposalFormKind, count: number): DisposalForm => ({
  ...{ kind, organisation: '示范市纪律检查委员会监察委员会' },
  code: makeCode({ kind: 'document', unit: '01', year: 2026, serial: 7 }),
  copy: { number: 1, of: 3, recipient: '附卷' },
  facts: [
    { name: '案号', value: '清纪监〔2026〕0012 号' },
    { name: '鉴定文书', value: long(100) },
    { name: '授权', value: long(200) },
    { name: '证件', value: long(40) },
    ...Array.from({ length: 12 }, () => ({ name: '执行文书', value: `${long(60)} 2026-11-21` })),
  ],
  items: Array.from({ length: count }, (_, i) => ({
    ...{ code: makeCode({ kind: 'item', unit: '01', year: 2026, serial: i + 1 }), name: long(60) },
    ...{ quantity: '1', unit: '件', features: long(500), remark: long(60) },
  })),
  statement: `处置意见：${long(300)}`,
  signatures: ['承办人', '审理人', '审批领导', '财务'].map((role) => ({ role, name: '王五 2026-11-21' })),
})

test.each(Object.keys(DISPOSAL_FORMS) as DisposalFormKind[])(
  '%s takes the longest texts there may be',
  async (kind) => {
    for (const count of [1, 2]) {
      const { pages } = readPdf(await formPdf(disposalSheet(fullest(kind, count)), AT))
      expect(pages.length).toBeLessThan(5)
      expect(JSON.stringify(pages)).toContain('以下空白')
    }
  },
)
