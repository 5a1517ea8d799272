import { expect, it } from 'vitest'
import { CONDITION_WORDS } from '../../../devices/printer/condition-words.ts'
import type { PrinterCondition } from '../../../devices/reading.ts'
import { sayLabelFault } from './label-faults.ts'

it('a label that did not print says its code, what the printer says, and what to do', () => {
  expect(sayLabelFault({ code: 'device-error', conditions: ['paper-out', 'paused'] })).toMatchObject({
    code: 'labels.device-error',
    zh: expect.stringMatching(/（缺纸、已暂停），请装纸、请按打印机上的继续键$/) as string,
    en: expect.stringMatching(
      / \(out of paper, paused\): put paper in, press the resume key of the printer$/,
    ) as string,
  })
  for (const condition of Object.keys(CONDITION_WORDS) as PrinterCondition[])
    expect(sayLabelFault({ code: 'device-error', conditions: [condition] }).zh).toMatch(/，请/)
})

it('what the printer says nothing of has its code and words alone', () => {
  expect(sayLabelFault({ code: 'nothing-seen', conditions: [] })).toMatchObject({ code: 'labels.nothing-seen' })
})
