import { expect, test } from 'vitest'
import { readPdf } from '../testing/read-pdf.ts'
import { paperActSheet } from './paper-act.ts'

test('an empty sheet counts nothing: who fills it in writes how many, and that the rest is blank', async () => {
  const pdf = await paperActSheet('涉案财物保管中心', '涉案财物一号库', new Date('2026-03-02T01:00:00.000Z'))
  const { pages } = readPdf(pdf)
  expect(pages).toHaveLength(1)
  const text = pages[0]?.text ?? ''
  expect(text).toContain('以上实填 ______ 项，其余各行空白')
  expect(text).not.toMatch(/以下空白|合计/)
})
