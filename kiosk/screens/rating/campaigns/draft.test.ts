import { expect, test } from 'vitest'
import { contentOf, newCampaign, withGroup } from './draft.ts'

test('a campaign is sent once it is whole: days in order, departments, groups of ten and more', () => {
  const fields = newCampaign(['服务对象', '企业'])
  expect(contentOf(fields)).toBeNull()
  const whole = { ...fields, title: ' 评议 ', from: '2026-03-01', to: '2026-03-31', departments: ['dept-1'] }
  expect(contentOf(whole)).toEqual({
    ...{ title: '评议', from: '2026-03-01', to: '2026-03-31', questionnaire: 'conduct@1', departments: ['dept-1'] },
    onPaper: false,
    groups: [
      { name: '服务对象', target: 30, weight: null },
      { name: '企业', target: 30, weight: null },
    ],
  })
  expect(contentOf({ ...whole, from: '2026-04-01' })).toBeNull()
  expect(contentOf({ ...whole, groups: withGroup(whole.groups) })).toBeNull()
  const [group = whole.groups[0]] = whole.groups
  expect(group && contentOf({ ...whole, groups: [{ ...group, target: '9' }] })).toBeNull()
})
