import { expect, test } from 'vitest'
import { cameraRefusalOf } from './camera.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
])('%s of the camera means %s', (name, why) => expect(cameraRefusalOf(name)).toBe(why))
