import { expect, test } from 'vitest'
import type { CommandWord, OptionView } from '../../../server/stations/protocol.ts'
import { answerable, COMMAND_KEYS, inputOf } from './options.ts'

const option = (id: string, word: CommandWord | null = null): OptionView => ({
  id,
  words: { zh: id, en: id },
  word,
  marked: false,
  look: 'plain',
})

test('no two commands have one key, and none is a key that a scanner types or that a browser keeps', () => {
  const keys = Object.values(COMMAND_KEYS)
  expect(new Set(keys).size).toBe(keys.length)
  for (const key of keys) expect(key).toMatch(/^(F(2|3|4|6|7|8|9|10)|Alt\+0)$/)
})

test('undo and cancel stand apart, in a place of their own', () => {
  const { answers, always } = answerable([
    option('confirm', 'CONFIRM'),
    option('undo', 'UNDO'),
    option('cancel', 'CANCEL'),
  ])
  expect(answers.map(({ option: one }) => one.id)).toEqual(['confirm'])
  expect(always.map(({ key }) => key)).toEqual([COMMAND_KEYS.UNDO, COMMAND_KEYS.CANCEL])
})

test('options without a card are numbered in their order, nine of them', () => {
  const { answers } = answerable([
    ...Array.from({ length: 10 }, (_, index) => option(`r${index}`)),
    option('undo', 'UNDO'),
  ])
  expect(answers.map(({ key }) => key)).toEqual(
    [...'123456789'].map((digit): string | null => `Alt+${digit}`).concat(null),
  )
})

test('an option with a card sends the command, another its own name; both for the step that is shown', () => {
  expect(inputOf(option('confirm', 'CONFIRM'), 7)).toEqual({ type: 'command', step: 7, word: 'CONFIRM' })
  expect(inputOf(option('seal'), 7)).toEqual({ type: 'choose', step: 7, option: 'seal' })
})
