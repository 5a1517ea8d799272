import { expect, it } from 'vitest'
import { decodings } from './text-encoding.ts'

/** 名称, then 㐀 and 𢦊, which stand in four bytes. */
const GB18030 = Buffer.from('c3fbb3c68139ee399630ba30', 'hex')

it('UTF-8 with or without its mark', () => {
  expect(decodings(Buffer.from('名称'))[0]).toEqual({ text: '名称', encoding: 'utf-8' })
  expect(decodings(Buffer.from('\ufeff名称'))).toEqual([{ text: '名称', encoding: 'utf-8' }])
})

it('GB 18030, characters of four bytes included', () => {
  expect(decodings(GB18030)).toEqual([{ text: '名称㐀𢦊', encoding: 'gb18030' }])
})

it('UTF-16 by its mark', () => {
  expect(decodings(Buffer.from('\ufeff名称', 'utf16le'))).toEqual([{ text: '名称', encoding: 'utf-16le' }])
})

it('what is no text has no reading', () => {
  expect(decodings(Buffer.from('efbbbfff', 'hex'))).toEqual([])
  expect(decodings(Buffer.from('ff00ff', 'hex'))).toEqual([])
})
