import { describe, expect, it } from 'vitest'
import { Refusal } from '../refusal.ts'
import { type Axes, custodyWords, dispositionWords, incidentWords, measureWords, sealWords } from './axes.ts'
import type { Item } from './items/item.ts'
import { mustBeAble } from './scene.ts'
import { general, officeWith } from './testing.ts'
import type { Transition } from './transition.ts'
import { type Move, transitions } from './transitions.ts'

const WORDS = {
  measureStatus: measureWords,
  custodyStatus: custodyWords,
  sealStatus: sealWords,
  dispositionStatus: dispositionWords,
} as const
const AXES = Object.keys(WORDS) as (keyof Axes)[]
const { office, codes } = officeWith(general)
const plain = office.item(codes[0] ?? '')
const now = { at: plain.lastAt }

/** Every state there is: what an item may be on one axis beside whatever it is on the others. */
function* everyState(): Generator<Axes> {
  for (const measureStatus of keys(measureWords))
    for (const custodyStatus of keys(custodyWords))
      for (const sealStatus of keys(sealWords))
        for (const dispositionStatus of keys(dispositionWords))
          yield { measureStatus, custodyStatus, sealStatus, dispositionStatus }
}

function keys<K extends string>(of: Readonly<Record<K, unknown>>): K[] {
  return Object.keys(of) as K[]
}

function refusalOf(item: Item, move: Move): Refusal | null {
  try {
    mustBeAble(item, move, now)
    return null
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** The axes that forbid a move, by the table alone. */
function forbidding(axes: Axes, { from }: Transition): (keyof Axes)[] {
  return AXES.filter((axis) => {
    const allowed: readonly string[] | undefined = from[axis]
    return allowed !== undefined && !allowed.includes(axes[axis])
  })
}

function told(refusal: Refusal | null): string {
  const { detail, remedy } = refusal?.notice() ?? { detail: { zh: '', en: '' }, remedy: { zh: '', en: '' } }
  return [detail.zh, detail.en, remedy.zh, remedy.en].join('\n')
}

/** Without a trace each: there are as many refusals here as states times moves. */
function untraced<T>(run: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 0
  try {
    return run()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

describe('forbidden moves', () => {
  for (const [move, transition] of Object.entries(transitions) as [Move, Transition][]) {
    it(`${transition.name.zh}: refused in words from every state of the four axes that its row does not name`, () => {
      const wrong: string[] = []
      /** One of each wording. */
      const refusals = new Map<string, Refusal>()
      let allowed = 0
      untraced(() => {
        for (const axes of everyState()) {
          const refusal = refusalOf({ ...plain, ...axes }, move)
          const stopping = forbidding(axes, transition)
          if (stopping.length === 0) allowed += 1
          const words = stopping.map((axis) => (WORDS[axis] as Record<string, { zh: string; en: string }>)[axes[axis]])
          const is = String(refusal?.values['is'])
          const isRight =
            stopping.length === 0
              ? refusal === null
              : refusal?.code === 'custody.wrong-order' && words.some((one) => one?.zh === is)
          if (refusal !== null) refusals.set(is, refusal)
          if (!isRight) wrong.push(`${Object.values(axes).join(' ')}: ${refusal?.code ?? 'done'}`)
        }
      })
      expect(wrong.slice(0, 5)).toEqual([])
      expect(allowed).toBeGreaterThan(0)
      for (const [is, refusal] of refusals) {
        const said = told(refusal)
        for (const part of [is, transition.name.zh, transition.name.en]) expect(said).toContain(part)
        expect(said).not.toMatch(/\{\w+\}/)
      }
    })

    it(`${transition.name.zh}: ${transition.whileFrozen ? 'goes on' : 'is refused in words'} while an incident is open`, () => {
      for (const kind of keys(incidentWords)) {
        const { from } = transition
        const axes = Object.fromEntries(
          AXES.flatMap((axis) => (from[axis] === undefined ? [] : [[axis, from[axis][0]]])),
        )
        const incident = { kind } as NonNullable<Item['incident']>
        const refusal = refusalOf({ ...plain, ...axes, incident } as Item, move)
        expect(refusal?.code ?? 'done').toBe(transition.whileFrozen ? 'done' : 'custody.item-frozen')
        if (refusal !== null) expect(told(refusal)).toContain(incidentWords[kind].zh)
      }
    })
  }
})
