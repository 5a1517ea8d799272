import { describe, expect, it } from 'vitest'
import { guardedCell, parseCsv, unguardedCell, writeCsv } from './csv.ts'

describe('reading', () => {
  it.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\ufeffa,b', [['a', 'b']]],
    ['a\n\nb', [['a'], [''], ['b']]],
    ['a\rb\r', [['a'], ['b']]],
    ['"a,b","c""d"\n', [['a,b', 'c"d']]],
    ['"a\r\nb",c', [['a\r\nb', 'c']]],
    ['5" disk,x', [['5" disk', 'x']]],
    ['a,\n', [['a', '']]],
    ['""', [['']]],
    ['', []],
  ])('%j', (text, rows) => {
    expect(parseCsv(text)).toEqual({ rows, brokenAt: null })
  })

  it('takes another separator when it is told of one', () => {
    expect(parseCsv('a\tb,c', '\t').rows).toEqual([['a', 'b,c']])
    expect(parseCsv('a;b', ';').rows).toEqual([['a', 'b']])
  })

  it.each(['x\n"a', 'x\n"a"b,c'])('says in which row a quotation mark is wrong: %j', (text) => {
    expect(parseCsv(text).brokenAt).toBe(2)
  })
})

/** The catalogue of the reliability goals, and what spreadsheets take for the same. */
const FORMULAS = [
  '=1+1',
  "+cmd|' /C calc'!A0",
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\0=1',
  '\r=1',
  '=HYPERLINK("http://x")',
  '＝1+1',
  "'=1",
]

describe('writing', () => {
  it.each(FORMULAS)('no cell is a formula: %j', (text) => {
    const cell = guardedCell(text)
    expect(cell).toBe(`'${text}`)
    expect(unguardedCell(cell)).toBe(text)
  })

  it.each(['手机', "it's", "'quoted'", '3', 'a=b', ''])('what is none is left alone: %j', (text) => {
    expect(guardedCell(text)).toBe(text)
    expect(unguardedCell(text)).toBe(text)
  })

  it('what was written reads back as it was, guards aside', () => {
    const rows = [
      ['名称', 'a"b', 'x\r\ny'],
      ['', ...FORMULAS],
    ]
    const text = writeCsv(rows)
    expect(text.startsWith('\ufeff"名称","a""b"')).toBe(true)
    expect(parseCsv(text).rows.map((row) => row.map(unguardedCell))).toEqual(rows)
  })
})
