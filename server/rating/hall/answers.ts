import { Type } from 'typebox'
import { answering, exactly, orNull, words } from '../../schemas.ts'
import { count, rate, text } from '../answers.ts'
import type { HallWall } from './protocol.ts'

const counter = Type.Object(
  { ...{ id: text, name: text, clerk: orNull(text), ticket: orNull(text) }, serving: Type.Boolean() },
  exactly,
)

export const wallAnswer = answering<HallWall>()(
  Type.Object(
    {
      ...{ hall: text, counters: Type.Array(counter), served: count },
      response: orNull(Type.Object({ asked: count, rated: count }, exactly)),
      published: orNull(
        Type.Object(
          {
            ...{ from: text, to: text, means: words, rankedFrom: count },
            lines: Type.Array(Type.Object({ clerk: text, place: orNull(count), satisfied: orNull(rate) }, exactly)),
          },
          exactly,
        ),
      ),
    },
    exactly,
  ),
)
