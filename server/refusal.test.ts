import { describe, expect, it } from 'vitest'
import { Refusal, refusalCodes, type RefusalNotice } from './refusal.ts'

const MOMENT = '2026-03-02T01:02:59.999Z'
const PLACE = /\{(\w+)\}/g

function textsOf({ detail, rule, remedy }: RefusalNotice): string[] {
  return [detail, rule, remedy].flatMap(({ zh, en }) => [zh, en])
}

describe('every refusal', () => {
  it('names a rule, the law’s, the house’s or the program’s own', () => {
    expect(refusalCodes.length).toBeGreaterThan(200)
    for (const code of refusalCodes) {
      const { rule } = new Refusal(code).notice()
      expect(rule.zh, code).toMatch(/\S/)
      expect(rule.en, code).toMatch(/\S/)
    }
  })

  it('says a moment in the zone of the organisation, to the minute, whichever of its values is one', () => {
    let said = 0
    for (const code of refusalCodes) {
      const places = textsOf(new Refusal(code).notice()).flatMap((text) => [...text.matchAll(PLACE)])
      const values = Object.fromEntries(places.map(([, place]) => [place, MOMENT]))
      for (const text of textsOf(new Refusal(code, values).notice())) {
        expect(text, code).not.toMatch(/\dT\d|\dZ/)
        if (text.includes('2026-03-02 09:02')) said += 1
      }
    }
    expect(said).toBeGreaterThan(200)
  })

  it('keeps the moment as it is for programs, and words that only look like one', () => {
    expect(new Refusal('custody.due-in-past', { dueAt: MOMENT }).notice().values).toEqual({ dueAt: MOMENT })
    const { detail } = new Refusal('custody.due-in-past', { dueAt: '2026-99-02T01:02:59.999Z' }).notice()
    expect(detail.zh).toContain('2026-99-02T01:02:59.999Z')
  })
})
