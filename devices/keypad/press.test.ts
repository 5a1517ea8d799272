import { inspect } from 'node:util'
import { serialize } from 'node:v8'
import { expect, test } from 'vitest'
import { MASKED_FRAME, maskedFrame, RatingPress, type PressContent } from './press.ts'

const content: PressContent = { key: '03', level: 5, reason: null, profile: 'ff68', profileVersion: 1 }

test('a press gives its content once, and to nobody else', () => {
  const press = new RatingPress(content)
  for (const shown of [
    JSON.stringify(press),
    inspect(press, { depth: 9, showHidden: true }),
    String(press),
    JSON.stringify(structuredClone(press)),
    serialize(press).toString('latin1'),
    JSON.stringify(Object.getOwnPropertyNames(press)),
  ])
    expect(shown).not.toMatch(/03|level|5|ff68/)
  expect(press.sealWith((one) => one)).toEqual(content)
  expect(() => press.sealWith((one) => one)).toThrow('sealed')
})

test('a press whose sealing fails is not given again', () => {
  const press = new RatingPress(content)
  expect(() =>
    press.sealWith(() => {
      throw new Error('no key')
    }),
  ).toThrow('no key')
  expect(() => press.sealWith((one) => one)).toThrow('sealed')
})

test('the mask is everybody’s own copy', () => {
  maskedFrame()[0] = 0
  expect(maskedFrame()).toEqual(MASKED_FRAME)
})
