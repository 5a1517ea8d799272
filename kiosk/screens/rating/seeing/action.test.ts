import { expect, test } from 'vitest'
import { stepsFor } from './action.ts'

const steps = [{ step: 'decide', by: { id: 'one', name: '' }, at: '', note: null }] as const
const clerk = { id: 'clerk', name: '' }

test('another than who decided agrees or returns it; nobody is offered a step about himself', () => {
  expect(stepsFor({ status: 'decided', clerk, steps }, 'another')).toEqual(['agree', 'return'])
  expect(stepsFor({ status: 'decided', clerk, steps }, 'one')).toEqual([])
  expect(stepsFor({ status: 'adopted', clerk, steps }, 'one')).toEqual(['carry-out'])
  for (const status of ['decided', 'adopted'] as const) expect(stepsFor({ status, clerk, steps }, 'clerk')).toEqual([])
  for (const status of ['returned', 'declined', 'done'] as const)
    expect(stepsFor({ status, clerk, steps }, 'another')).toEqual([])
})
