import { expect, test } from 'vitest'
import { checkpointIn, verifyCommand } from './checkpoint.ts'

const note = 'yunzhou/unit.dept-1\n412\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n— yunzhou/unit.dept-1 Az3grl…\n'

test('a note says whose tree, how many entries and which root', () => {
  expect(checkpointIn(note)).toEqual({
    origin: 'yunzhou/unit.dept-1',
    size: 412,
    root: 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  })
})

test.each(['', 'nothing', 'a\nb\nc\n\n', 'a\n1\nroot', '{"code":"x"}'])('%j is no checkpoint', (text) => {
  expect(checkpointIn(text)).toBeNull()
})

test('the command names both files and quotes the key, which may hold any sign', () => {
  expect(verifyCommand('unit.dept-1', 'yunzhou+33d7+AZ/+==')).toBe(
    'npm run verify -- unit.dept-1.jsonl --key "yunzhou+33d7+AZ/+==" --checkpoint unit.dept-1.checkpoint',
  )
})
