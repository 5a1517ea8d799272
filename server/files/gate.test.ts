import { expect, it } from 'vitest'
import { openGate } from './gate.ts'

it('lets so many through at once, the others in order, and refuses when the line is full', async () => {
  const gate = openGate(2, 2)
  const begun: number[] = []
  const ends: (() => void)[] = []
  const work = (number: number) =>
    gate(async () => {
      begun.push(number)
      await new Promise<void>((resolve) => ends.push(resolve))
      return number
    })
  const settled = [1, 2, 3, 4].map(work)
  await expect(work(5)).rejects.toMatchObject({ code: 'file.busy' })
  expect(begun).toEqual([1, 2])
  ends.shift()?.()
  expect(await settled[0]).toBe(1)
  expect(begun).toEqual([1, 2, 3])
  ends.shift()?.()
  expect(await settled[1]).toBe(2)
  expect(begun).toEqual([1, 2, 3, 4])
  for (const end of ends) end()
  expect(await Promise.all(settled)).toEqual([1, 2, 3, 4])
})

it('gives the place back when the work fails', async () => {
  const gate = openGate(1, 0)
  await expect(gate(() => Promise.reject(new Error('torn')))).rejects.toThrow('torn')
  expect(await gate(() => Promise.resolve('next'))).toBe('next')
})
