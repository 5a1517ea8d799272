import { describe, expect, it } from 'vitest'
import { parseCode } from '../../../labels/item-code.ts'
import { Refusal } from '../../refusal.ts'
import { asked, codeFrom, general, gold, officeWith, stored } from '../testing.ts'
import type { Office } from '../testing-office.ts'
import { contentsOf } from './containers.ts'

const refusalOf = (deed: () => unknown): string => {
  try {
    deed()
  } catch (error) {
    if (error instanceof Refusal) return error.code
    throw error
  }
  return 'done'
}
const shelfOf = (office: Office, storageClass: 'ordinary' | 'precious' | 'cold' = 'ordinary', capacity = 9): string =>
  codeFrom(office.act('li', { type: 'custody.add-location', store: 'store-1', name: '二号架', storageClass, capacity }))
const boxAt = (office: Office, location: string, capacity = 9): string =>
  codeFrom(office.act('li', { type: 'custody.add-container', store: 'store-1', name: '证物箱', location, capacity }))
const move = (office: Office, items: string[], location: string): void =>
  void office.act('li', { type: 'custody.move', items, location })
/** Two phones on the shelf, in a box that stands there. */
function boxed(): ReturnType<typeof stored> & { box: string } {
  const made = stored(general, general)
  const box = boxAt(made.office, made.shelf)
  move(made.office, made.codes, box)
  return { ...made, box }
}

it('a box has a code of its own kind and stands at a location of its store', () => {
  const { office, shelf } = officeWith()
  const box = boxAt(office, shelf)
  expect(parseCode(box)).toMatchObject({ ok: true, kind: 'container' })
  expect(office.containers.get(box)).toMatchObject({ store: 'store-1', location: shelf, capacity: 9, seal: null })
  expect(refusalOf(() => boxAt(office, box))).toBe('custody.unknown-location')
})

describe('what lies in a box', () => {
  it('lies where the box stands, and takes no more of the shelf than on it', () => {
    const { office, codes, shelf, box } = boxed()
    for (const code of codes) expect(office.item(code)).toMatchObject({ location: shelf, container: box })
    expect(contentsOf(office, box)).toEqual([...codes].sort())
  })

  it('is carried with it, each item by a fact of its own, and stays in it', () => {
    const { office, codes, shelf, box } = boxed()
    const to = shelfOf(office)
    const { facts } = office.act('li', { type: 'custody.move-container', container: box, location: to })
    expect(facts.map(({ type, subject, register }) => [type, subject, register])).toEqual([
      ['custody.container-moved', `container/${box}`, 'store.store-1'],
      ...[...codes].sort().map((code) => ['custody.moved', `item/${code}`, 'store.store-1']),
    ])
    expect(facts[1]?.body).toMatchObject({ from: shelf, to, container: box })
    expect(office.containers.get(box)?.location).toBe(to)
    for (const code of codes) expect(office.item(code)).toMatchObject({ location: to, container: box })
  })

  it('comes out of it by a move of its own, onto the same shelf too', () => {
    const { office, codes, shelf, box } = boxed()
    const [first = '', second = ''] = codes
    move(office, [first], shelf)
    expect(office.item(first)).toMatchObject({ location: shelf })
    expect(office.item(first)).not.toHaveProperty('container')
    move(office, [second], shelfOf(office))
    expect(contentsOf(office, box)).toEqual([])
  })

  it('is out of it when it is lent, and may come back into a box', () => {
    const { office, codes, box } = boxed()
    const [first = ''] = codes
    const approval = asked(office, [first])
    office.act('zhao', { type: 'approvals.grant', approval })
    office.act('li', { type: 'custody.borrow', items: [first], approval })
    expect(office.item(first)).toMatchObject({ location: null })
    expect(office.item(first)).not.toHaveProperty('container')
    office.act('li', { type: 'custody.give-back', items: [{ item: first, location: box, condition: 'same' }] })
    expect(office.item(first)).toMatchObject({ location: office.containers.get(box)?.location, container: box })
  })
})

describe('nothing goes', () => {
  it('into a box that is full, or of which the shelf takes no such class', () => {
    const { office, codes, safe, shelf } = stored(general, general, gold)
    const [first = '', second = '', bar = ''] = codes
    const small = boxAt(office, shelf, 1)
    move(office, [first], small)
    expect(refusalOf(() => move(office, [second], small))).toBe('custody.container-full')
    expect(refusalOf(() => move(office, [first, second], boxAt(office, shelf, 1)))).toBe('custody.container-full')
    expect(refusalOf(() => move(office, [bar], boxAt(office, shelf)))).toBe('custody.class-not-allowed')
    move(office, [bar], boxAt(office, safe))
    expect(refusalOf(() => move(office, [first], small))).toBe('custody.already-there')
  })

  it('beyond the capacity of the new shelf: the whole box stays', () => {
    const { office, codes, shelf, box } = boxed()
    const narrow = shelfOf(office, 'ordinary', 1)
    const carry = (location: string): string =>
      refusalOf(() => office.act('li', { type: 'custody.move-container', container: box, location }))
    expect(carry(narrow)).toBe('custody.location-full')
    expect(carry(shelfOf(office, 'cold'))).toBe('custody.class-not-allowed')
    expect(carry(shelf)).toBe('custody.container-there')
    expect(carry(box)).toBe('custody.container-no-shelf')
    for (const code of codes) expect(office.item(code)).toMatchObject({ location: shelf, container: box })
  })

  it('with a frozen item in it: it is named', () => {
    const { office, codes, box } = boxed()
    office.act('li', { type: 'custody.incident', items: [codes[0] ?? ''], kind: 'damage', note: '裂' })
    const to = shelfOf(office)
    expect(refusalOf(() => office.act('li', { type: 'custody.move-container', container: box, location: to }))).toBe(
      'custody.item-frozen',
    )
  })
})

describe('a sealed box', () => {
  const seal = (office: Office, container: string, number: string, others = ['sun']): unknown =>
    office.act('li', { type: 'custody.seal-container', container, number }, { with: others })

  it('is sealed and opened by two custodians, with a number that is used once', () => {
    const { office, box } = boxed()
    expect(refusalOf(() => seal(office, box, 'X-1', []))).toBe('custody.container-keepers')
    expect(refusalOf(() => seal(office, box, 'X-1', ['ou']))).toBe('custody.container-keepers')
    seal(office, box, 'X-1')
    expect(office.containers.get(box)?.seal).toMatchObject({ number: 'X-1', signers: ['li', 'sun'] })
    const open = { type: 'custody.open-container', container: box, reason: '清点' } as const
    expect(refusalOf(() => office.act('li', open))).toBe('custody.container-keepers')
    office.act('li', open, { with: ['sun'] })
    expect(office.containers.get(box)).toMatchObject({ seal: null, retiredSeals: [{ number: 'X-1', end: 'OPENED' }] })
    expect(refusalOf(() => office.act('li', open, { with: ['sun'] }))).toBe('custody.container-open')
    expect(refusalOf(() => seal(office, box, 'X-1'))).toBe('custody.seal-taken')
    seal(office, box, 'X-2')
  })

  it('keeps what is in it in and what is not out, and is carried as it is', () => {
    const { office, codes, shelf, box } = boxed()
    seal(office, box, 'X-1')
    expect(refusalOf(() => seal(office, box, 'X-2'))).toBe('custody.container-sealed')
    expect(refusalOf(() => move(office, codes, shelf))).toBe('custody.container-sealed')
    const approval = asked(office, codes)
    office.act('zhao', { type: 'approvals.grant', approval })
    expect(refusalOf(() => office.act('li', { type: 'custody.borrow', items: codes, approval }))).toBe(
      'custody.container-sealed',
    )
    const to = shelfOf(office)
    office.act('li', { type: 'custody.move-container', container: box, location: to })
    expect(office.item(codes[0] ?? '')).toMatchObject({ location: to, container: box })
    const empty = boxAt(office, to)
    seal(office, empty, 'X-3')
    office.act('li', { type: 'custody.open-container', container: box, reason: '出库' }, { with: ['sun'] })
    expect(refusalOf(() => move(office, codes, empty))).toBe('custody.container-sealed')
  })
})

it('who keeps another store, or handles the case, carries no box', () => {
  const { office, box } = boxed()
  const to = shelfOf(office)
  const carry = (person: string): string =>
    refusalOf(() => office.act(person, { type: 'custody.move-container', container: box, location: to }))
  expect(carry('ou')).toBe('custody.not-your-store')
  expect(carry('everything')).toBe('custody.officer-keeps')
})
