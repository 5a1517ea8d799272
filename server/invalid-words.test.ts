import { expect, it } from 'vitest'
import { type TSchema, Type } from 'typebox'
import { Value } from 'typebox/value'
import { invalidWords, type SchemaFault, tellingFault } from './invalid-words.ts'
import { exactly, text } from './schemas.ts'

const schema = Type.Object(
  {
    items: Type.Array(Type.Object({ weight_mg: Type.Integer({ minimum: 1 }), unit: text(3) }, exactly), {
      minItems: 1,
    }),
    kind: Type.Enum(['loss']),
  },
  exactly,
)
const good = { items: [{ weight_mg: 1, unit: '枚' }], kind: 'loss' }
const told = (body: unknown, of: TSchema = schema) =>
  invalidWords(tellingFault([...Value.Errors(of, body)] as SchemaFault[])).detail

it('names the field as people know it, with its line, and what to do', () => {
  const line = (more: object) => ({ ...good, items: [good.items[0], { weight_mg: 1, unit: '枚', ...more }] })
  expect(told(line({ weight_mg: '１２' }))).toEqual({
    zh: '第 2 行的重量（毫克）应当是数字；数字请用半角字符（0-9），不加引号',
    en: 'weight in milligrams in line 2 must be a number; write digits as half-width characters (0-9), without quotes',
  })
  expect(told(line({ weight_mg: 0 })).zh).toBe('第 2 行的重量（毫克）太小，不能小于 1')
  expect(told(line({ unit: '一二三四' })).zh).toBe('第 2 行的部门或单位过长，最多 3 个字')
  expect(told(line({ unit: '' })).zh).toBe('第 2 行的部门或单位不能为空')
  expect(told(line({ unit: '\u0007' })).zh).toContain('写法不对')
  expect(told({ ...good, items: [] }).zh).toBe('物品太少，至少 1 项')
  expect(told({ ...good, kind: 'theft' }).en).toBe('kind is none of the values that may be chosen')
  expect(told({ items: good.items })).toEqual({ zh: '种类没有填写', en: 'kind is missing' })
  expect(told(line({ gold: true })).zh).toBe('第 2 行的物品：不认识“gold”这一项')
  expect(told({ ...good, colour: 'red' })).toEqual({ zh: '不认识“colour”这一项', en: '“colour” is not known' })
})

it('where there are several forms, tells what is wrong with the one that was meant', () => {
  const code = Type.String({ pattern: '^[0-9A-Z]+$' })
  const either = Type.Object({ items: Type.Array(Type.Union([code, Type.Object({ item: code }, exactly)])) }, exactly)
  expect(told({ items: ['Ａ'] }, either).zh).toContain('第 1 行的物品的写法不对；数字请用半角字符')
  expect(told({ items: [{ item: 'Ａ' }] }, either).zh).toContain('第 1 行的物品编码的写法不对；数字请用半角字符')
  expect(told({ items: [{ item: 'A', gold: 1 }] }, either).zh).toContain('不认识“gold”这一项')
})

it('says of anything else that it is not valid', () => {
  expect(invalidWords(undefined).detail).toEqual({ zh: '提交的内容不符合要求', en: 'What was sent is not valid' })
})
