import { expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { hasInitials, hasPart, maybeInitials, readingsOf } from './initials.ts'

/** Readings that begin with each of the letters, from common to rare. */
const READINGS: Readonly<Record<string, string>> = {
  ...{
    a: '阿爱案奥',
    b: '八白包玻不',
    c: '擦彩车承存',
    d: '大电单董东',
    e: '额恶二耳',
    f: '发房分福',
    g: '嘎高柜国贵',
  },
  ...{ h: '哈行黄货', j: '机金酒卷均', k: '咖卡开款', l: '拉劳蓝绿铝', m: '妈毛茅名木', n: '拿男女牛', o: '哦欧偶' },
  ...{
    p: '怕牌瓶葡',
    q: '七钱琴券',
    r: '然人日荣软',
    s: '撒三伞锁',
    t: '他台唐铁图',
    w: '挖外王文物',
    x: '西香项虚雪',
  },
  ...{ y: '压烟药银玉', z: '杂枣照珍左' },
}

it.each(Object.entries(READINGS))('%s: %s', (letter, characters) => {
  expect([...characters].filter((one) => !hasInitials(one, letter))).toEqual([])
})

it.each([
  ['手机', 'sj'],
  ['荣耀 Magic 手机', 'sj'],
  ['荣耀 Magic 手机', 'rymagicsj'],
  ['黄金项链', 'xl'],
  ['笔记本电脑', 'BJB'],
  ['欧元', 'oy'],
  ['儿童手表', 'et'],
  ['爱马仕包', 'ams'],
  ['翡翠手镯', 'fcsz'],
  ['银行卡', 'yhk'],
  ['银行卡', 'yxk'],
  ['A 区 1 排', 'aq1p'],
])('%s is found by %s', (text, typed) => {
  expect(hasInitials(text, typed)).toBe(true)
})

it.each([
  ['手机', 'js'],
  ['手机', 'sjk'],
  ['手机', 'sx'],
  ['', 'sj'],
  ['=+-', 'aa'],
])('%s is not found by %s', (text, typed) => {
  expect(hasInitials(text, typed)).toBe(false)
})

it('letters and digits that begin with a letter may be initials, and nothing else', () => {
  expect(['sj', 'a1', 'SJ'].map(maybeInitials)).toEqual([true, true, true])
  expect(['s', '手机', 's%', '1a', 'a'.repeat(17), 's j'].map(maybeInitials)).toEqual(Array(6).fill(false))
})

it('a word in letters is a part of a name in capitals or not, also when the name was read before', () => {
  for (const typed of ['mate', 'MATE', 'Mate 60']) expect(hasPart('华为 Mate 60 手机', typed), typed).toBe(true)
  expect(hasPart('华为 Mate 60 手机', 'mate60')).toBe(false)
})

it('a name has a reading for each way to say it, and not more than can be kept', () => {
  expect(readingsOf('银行卡（6张）')).toEqual(['yxk6z', 'yhk6z'])
  expect(readingsOf('')).toEqual([''])
  expect(readingsOf('行'.repeat(20))).toHaveLength(32)
})

it('the readings are those by which things were put down: where another collation gives others, what stands in the table has to be made anew', () => {
  const letters = Array.from({ length: 0x9fff - 0x4e00 + 1 }, (_, at) =>
    readingsOf(String.fromCodePoint(0x4e00 + at)).join(),
  )
  expect(createHash('sha256').update(letters.join('|')).digest('hex')).toBe(
    '6dad02fa54c7f0ae2dc8757b2bed6e0d372e48336efd91d50100c75ad851c353',
  )
})
