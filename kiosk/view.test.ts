import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, emptyView, type View } from './view.ts'

const seen = (entries: Record<string, number>): View<string> => ({ ...emptyView<string>(), seen: entries })

test('the next entry of a register is taken', () => {
  expect(apply(seen({ 'store-1': 4 }), { register: 'store-1', seq: 5 })).toEqual({
    outcome: 'new',
    view: seen({ 'store-1': 5 }),
  })
})

test('an entry that is already known changes nothing', () => {
  const view = seen({ 'store-1': 4 })
  expect(apply(view, { register: 'store-1', seq: 4 })).toEqual({ outcome: 'known', view })
  expect(apply(view, { register: 'store-1', seq: 1 })).toEqual({ outcome: 'known', view })
})

test('a gap names what was missed, and what follows it is the next entry', () => {
  const applied = apply(seen({ 'store-1': 4, 'unit-2': 9 }), { register: 'store-1', seq: 7 })
  const view = seen({ 'store-1': 7, 'unit-2': 9 })
  expect(applied).toEqual({ outcome: 'missed', view, register: 'store-1', after: 4 })
  expect(apply(applied.view, { register: 'store-1', seq: 8 }).outcome).toBe('new')
})

test('a register never heard of is taken up where it stands, whatever its name', () => {
  expect(apply(seen({}), { register: 'constructor', seq: 31 }).view.seen).toEqual({ constructor: 31 })
})

test('a session is replaced by a later one, or by the same one with other things around it', () => {
  const first = apply(emptyView<string>(), { type: 'session', version: 3, session: 'list 7' })
  expect(first).toEqual({ outcome: 'new', view: { seen: {}, version: 3, session: 'list 7' } })
  expect(apply(first.view, { type: 'session', version: 3, session: 'list 7, an alarm' }).view.session).toBe(
    'list 7, an alarm',
  )
  expect(apply(first.view, { type: 'session', version: 2, session: 'older' }).view.session).toBe('list 7')
  expect(apply(first.view, { type: 'session', version: 4, session: 'list 8' }).view.session).toBe('list 8')
})

test('however messages are doubled, lost and disordered, every entry is told or named as missed, once', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 60 }), (arrivals) => {
      let view = seen({ r: 0 })
      const known: number[] = []
      for (const seq of arrivals) {
        const applied = apply(view, { register: 'r', seq })
        view = applied.view
        if (applied.outcome === 'missed')
          for (let missed = applied.after + 1; missed < seq; missed += 1) known.push(missed)
        if (applied.outcome !== 'known') known.push(seq)
      }
      expect(known).toEqual(Array.from({ length: Math.max(0, ...arrivals) }, (_, index) => index + 1))
    }),
  )
})
