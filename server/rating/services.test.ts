import { describe, expect, it } from 'vitest'
import { type Circumstances, SYSTEM } from '../module.ts'
import { offerVote, type OfferVoteState, openService, type OpenServiceState, type Service } from './services.ts'

const COUNTER = { id: 'counter-1', hall: 'hall-1', clerk: 'wu-xia' }
const MORNING = '2026-03-02T01:00:00.000Z'
const NEXT_DAY = '2026-03-03T01:00:00.000Z'

function served(id: string, more: Partial<Service> = {}): Service {
  return {
    ...{ id, hall: 'hall-1', counter: 'counter-1', clerk: 'wu-xia', matter: 'general', number: null },
    ...{ by: 'clerk', openedAt: MORNING, offered: null, closed: false },
    ...more,
  }
}

function at(moment: string): Circumstances {
  const mint = { id: () => 'new' } as Circumstances['mint']
  return { actor: { person: SYSTEM, appointments: [] }, at: moment, station: null, mint } as unknown as Circumstances
}

describe('the vote of a batch', () => {
  const offer = (together: readonly Service[], named: Service, moment = MORNING) => {
    const state: OfferVoteState = {
      ...{ service: named, together, questionnaire: 'hall-service@1', hasKey: true, maintained: false },
      counter: COUNTER as OfferVoteState['counter'],
    }
    return offerVote(state, { type: 'rating.offer-vote', service: named.id, by: 'keypad' }, at(moment))
  }

  it('goes by when the person came, whichever of it is named', () => {
    const inTime = served('first')
    const after = served('second', { batch: 'first', outside: true })
    for (const named of [inTime, after])
      expect(offer([inTime, after], named).result).toMatchObject({ service: 'first' })
    const early = served('first', { outside: true })
    const within = served('second', { batch: 'first' })
    for (const named of [early, within])
      expect(() => offer([early, within], named)).toThrow(expect.objectContaining({ code: 'rating.hall-closed' }))
  })

  it('is not offered on another day: who stands there then is somebody else', () => {
    const left = served('left')
    expect(() => offer([left], left, NEXT_DAY)).toThrow(expect.objectContaining({ code: 'rating.service-over' }))
  })
})

it('further business joins what is open today, and nothing that was left open before', () => {
  const left = served('left')
  const state: OpenServiceState = {
    ...{ station: { id: 'counter-1', hall: 'hall-1' }, elsewhere: null, matter: null, numberTaken: false },
    ...{ outside: false, open: [left], counter: COUNTER as OpenServiceState['counter'] },
  }
  const joining = { type: 'rating.open-service', counter: 'counter-1', by: 'program', joins: true } as const
  expect(openService(state, joining, at(MORNING)).facts).toMatchObject([{ body: { batch: 'left' } }])
  expect(() => openService(state, joining, at(NEXT_DAY))).toThrow(
    expect.objectContaining({ code: 'rating.nothing-to-join' }),
  )
  const { joins: _, ...alone } = joining
  expect(openService(state, alone, at(NEXT_DAY)).facts.map(({ type }) => type)).toEqual([
    'rating.service-closed',
    'rating.service-opened',
  ])
})
