import { expect, it } from 'vitest'
import { outcomeOf } from '../disposal/testing.ts'
import { general, PHOTO, stored } from '../testing.ts'
import { openIncidentOf, photosOfIncident } from './photos.ts'

const FOUND = 'f0'.repeat(32)
const LATER = 'f1'.repeat(32)

it('what is seen of an incident stands beside what was recorded before it, and only while it is open', () => {
  const { office, codes } = stored(general)
  const [item = ''] = codes
  const take = (photo: string, person = 'li') =>
    office.act(person, { type: 'custody.add-photo', items: [{ item, photos: [photo], ofIncident: true }] })
  expect(outcomeOf(() => take(FOUND))).toBe('custody.no-incident')
  office.act('li', { type: 'custody.incident', items: [item], kind: 'damage', note: '裂' })
  expect(outcomeOf(() => take(FOUND, 'han'))).toBe('custody.not-case-officer')
  const { facts } = take(FOUND)
  expect(facts.map(({ register, body }) => [register, body['incident']])).toEqual([['store.store-1', 1]])
  // As it is kept, whenever it was taken: it shows nothing of the incident.
  office.act('li', { type: 'custody.add-photo', items: [{ item, photos: [LATER] }] })
  const of = office.item(item)
  if (of.incident === null) throw new Error('no incident')
  const recorded = of.photos.map(({ photo }) => photo).filter((photo) => photo !== FOUND && photo !== LATER)
  expect(recorded).toContain(PHOTO)
  expect(photosOfIncident(of, openIncidentOf(of), of.incident)).toEqual({ recorded, seen: [FOUND] })
  expect(outcomeOf(() => take(FOUND))).toBe('custody.photo-known')
})
