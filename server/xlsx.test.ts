import { crc32, deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { COLUMNS_MAX, readWorkbook, ROWS_MAX, UNPACKED_BYTES_MAX, WorkbookRefused, writeWorkbook } from './xlsx.ts'

const FORMULAS = ['=1+1', "+cmd|' /C calc'!A0", '-2+3', '@SUM(1)', '=HYPERLINK("http://x")', '＝1+1']
const ROWS = [
  ['编码', '名称', '数量'],
  ['W02260000001', '足金手镯（龑）🙂 <b>&"\'', '0012345678901234567890'],
  ['', ...FORMULAS.slice(0, 2)],
  [...FORMULAS.slice(2, 5)],
  [FORMULAS[5] ?? '', ' 前后空格 ', 'a\nb'],
]

interface Entry {
  readonly name: string
  readonly content: Buffer
  readonly claimed?: number
  readonly flags?: number
}

/** An archive as anybody could make one; `claimed` is what it says of its unpacked size. */
function archive(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = []
  const centrals: Buffer[] = []
  let offset = 0
  for (const { name, content, claimed = content.length, flags = 0 } of entries) {
    const packed = deflateRawSync(content)
    const called = Buffer.from(name)
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(flags, 2)
    common.writeUInt16LE(8, 4)
    common.writeUInt32LE(crc32(content), 10)
    common.writeUInt32LE(packed.length, 14)
    common.writeUInt32LE(claimed, 18)
    common.writeUInt16LE(called.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, called, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    centrals.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), common, rest, called]))
    locals.push(local)
    offset += local.length
  }
  const directory = Buffer.concat(centrals)
  const end = Buffer.alloc(22)
  end.write('PK\u0005\u0006')
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, directory, end])
}

const xml = (text: string): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${text}`)
const workbookOf = (sheet: string, more: readonly Entry[] = [], path = 'worksheets/sheet1.xml'): Buffer =>
  archive([
    {
      name: 'xl/workbook.xml',
      content: xml('<workbook xmlns:r="r"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>'),
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: xml(
        `<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="${path}"/></Relationships>`,
      ),
    },
    { name: `xl/${path}`, content: xml(`<worksheet><sheetData>${sheet}</sheetData></worksheet>`) },
    ...more,
  ])
const faultOf = (file: Buffer): Promise<string> =>
  readWorkbook(file).then(
    () => 'read',
    (error: unknown) => (error instanceof WorkbookRefused ? error.fault : String(error)),
  )

describe('a workbook', () => {
  it('has every cell as a text, none as a formula or a number, and reads back as it was', async () => {
    const file = await writeWorkbook('一案一账: [全部]', ROWS)
    expect(await readWorkbook(file)).toEqual(ROWS)
    const inside = file.toString('latin1')
    expect(inside.startsWith('PK')).toBe(true)
    // Nothing of it is looked at twice: the sheet itself is asked whether it holds a formula.
    const { default: readXlsx } = await import('read-excel-file/node')
    const [sheet] = await readXlsx(file)
    expect(sheet?.data.flat().every((cell) => cell === null || typeof cell === 'string')).toBe(true)
  })

  it('gives numbers digit by digit, days as days, and of a formula what was computed last', async () => {
    const sheet =
      '<row r="1"><c r="A1"><v>12345678901234.5</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="str"><f>A1&amp;"x"</f><v>算好的</v></c><c r="E1" t="inlineStr"><is><t>五</t></is></c></row>'
    expect(await readWorkbook(workbookOf(sheet))).toEqual([['12345678901234.5', 'TRUE', '算好的', '', '五']])
  })
})

describe('what is refused before it fills the memory', () => {
  it('a bomb, whatever it claims of its size', async () => {
    const zeros = Buffer.alloc(UNPACKED_BYTES_MAX + 1, 0x20)
    expect(await faultOf(workbookOf('', [{ name: 'xl/sharedStrings.xml', content: zeros }]))).toBe('too-large')
    expect(await faultOf(workbookOf('', [{ name: 'xl/sharedStrings.xml', content: zeros, claimed: 10 }]))).toBe(
      'too-large',
    )
    const half = Buffer.alloc(UNPACKED_BYTES_MAX / 2 + 1, 0x20)
    const two = [1, 2].map((nth) => ({ name: `xl/worksheets/sheet${nth}9.xml`, content: half }))
    expect(await faultOf(workbookOf('', two))).toBe('too-large')
    const many = Array.from({ length: 300 }, (_, nth) => ({ name: `xl/media/${nth}.xml`, content: xml('<a/>') }))
    expect(await faultOf(workbookOf('', many))).toBe('too-large')
  })

  it('a cell in the last corner', async () => {
    for (const sheet of [
      '<row r="1048576"><c r="A1048576" t="inlineStr"><is><t>x</t></is></c></row>',
      '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>',
      `<row r='${ROWS_MAX + 1}'></row>`,
      '<row/>'.repeat(ROWS_MAX + 1),
      `<row>${'<x:c/>'.repeat(COLUMNS_MAX + 1)}</row>`,
      `<row r="1"><c r = "GS1" t="inlineStr"><is><t>${COLUMNS_MAX}</t></is></c></row>`,
    ])
      expect(await faultOf(workbookOf(sheet)), sheet).toBe('too-wide')
    expect(await faultOf(workbookOf('<row r="5000"><c r="GR5000" t="inlineStr"><is><t>x</t></is></c></row>'))).toBe(
      'read',
    )
  })

  it('a cell in the last corner of a sheet that stands elsewhere, or behind character references', async () => {
    const corner = '<row r="1"><c r="XFD1" t="inlineStr"><is><t>x</t></is></c></row>'
    expect(await faultOf(workbookOf(corner, [], 'elsewhere.xml'))).toBe('too-wide')
    // What holds no table is not read as one, whatever the workbook says.
    expect(await faultOf(workbookOf(corner, [], 'calcChain.xml'))).toBe('broken')
    for (const place of ['"&#88;FD1"', "'X&#x46;D1'"])
      expect(await faultOf(workbookOf(`<row><c r=${place} t="inlineStr"><is><t>x</t></is></c></row>`))).toBe('broken')
    const shown = await readWorkbook(workbookOf('<row r="1"><c r="A1" t="inlineStr"><is><t>A&#66;</t></is></c></row>'))
    expect(shown).toEqual([['AB']])
  })

  it('what is none, what is cut off anywhere, and what is behind a password', async () => {
    const file = await writeWorkbook('表', ROWS)
    for (let length = 0; length < file.length; length += 97)
      expect(await faultOf(file.subarray(0, length)), String(length)).toBe('broken')
    expect(await faultOf(archive([{ name: 'a.txt', content: Buffer.from('x') }]))).toBe('broken')
    expect(await faultOf(workbookOf('', [{ name: 'xl/styles.xml', content: xml('<a/>'), flags: 1 }]))).toBe('encrypted')
    expect(await faultOf(workbookOf('<row r="1"><c r="A1"><'))).toBe('broken')
  })

  it('entities are not expanded', async () => {
    const sheet = '<row r="1"><c r="A1" t="inlineStr"><is><t>&lol;</t></is></c></row>'
    const rows = await readWorkbook(workbookOf(sheet)).catch(() => [['refused']])
    expect(rows.flat().join('').length).toBeLessThan(10)
  })
})
