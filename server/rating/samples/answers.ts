import { Type } from 'typebox'
import { answering, exactly, orNull, pageWith } from '../../schemas.ts'
import { count, named, rate, text } from '../answers.ts'
import { type Outcome, OUTCOMES } from './facts.ts'
import type { SampledService, SampleResults, ShownSampling } from './protocol.ts'

const byAt = { by: named, at: text }

export const samplesPage = pageWith(
  'samples',
  answering<ShownSampling>()(
    Type.Object(
      {
        ...{ id: text, hall: named, from: text, to: text, population: count, size: count, quota: count, script: count },
        ...{ seedHash: text, ordered: Type.Object({ ...byAt, register: text, seq: count, hash: text }, exactly) },
        drawn: orNull(Type.Object({ ...byAt, seed: text }, exactly)),
        ...{ answered: count, declined: count, unreached: count, open: count },
      },
      exactly,
    ),
  ),
)

export const sampledPage = pageWith(
  'services',
  answering<SampledService>()(
    Type.Object(
      {
        ...{ service: text, number: text, openedAt: text, matter: text, tries: count, over: Type.Boolean() },
        calls: Type.Array(Type.Object({ ...byAt, outcome: Type.Unsafe<Outcome>(Type.Enum([...OUTCOMES])) }, exactly)),
      },
      exactly,
    ),
  ),
)

export const sampleResults = answering<SampleResults>()(
  Type.Object({ answered: count, satisfied: orNull(rate), toldAtOnce: orNull(rate), clean: orNull(rate) }, exactly),
)
