import { expect, it } from 'vitest'
import type { Campaign, Issue } from '../campaigns/campaign.ts'
import type { Circumstances } from '../../module.ts'
import { openPaperBox } from './paper-box.ts'

/** A group of voters of which every code was voided: it is said who can mend it. */

const done = { by: 'yi', at: '2026-03-02T02:00:00.000Z' }
const issue = (id: string, voided: boolean): Issue => ({ ...done, id, group: 'g1', count: 30, voided })
const campaign = (issues: readonly Issue[]): Campaign => ({
  ...{ id: 'c', unit: 'organ', title: '评议', from: '2026-03-02', to: '2026-03-04', questionnaire: 'conduct@1' },
  ...{ departments: ['dept-1'], groups: [{ id: 'g1', name: '服务对象', target: 30, weight: null }], onPaper: true },
  ...{ drafters: ['yi'], draftedAt: done.at, status: 'open', opened: done, closed: null, issues, published: null },
})
const actor = { person: 'yi', unit: 'organ', appointments: [{ post: 'supervisor', place: 'organ' }] }
const open = (issues: readonly Issue[]) => () =>
  openPaperBox(
    { campaign: campaign(issues), typists: [], hasKey: true, before: 0 },
    { type: 'rating.open-paper-box', campaign: 'c', group: 'g1', sheets: 10, typists: ['a', 'b'] },
    { actor, at: done.at } as unknown as Circumstances,
  )
const refusal = (code: string) => expect.objectContaining({ code }) as Error

it('of a group whose codes were all voided it is said that new ones are made first; of any other what was given up', () => {
  expect(open([issue('i1', true), issue('i2', true)])).toThrow(refusal('rating.codes-voided'))
  expect(open([issue('i1', true), issue('i2', false)])).toThrow(refusal('rating.papers-not-exchanged'))
})
