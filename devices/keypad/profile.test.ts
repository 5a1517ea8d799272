import { describe, expect, test } from 'vitest'
import { BadProfile, checkedProfile, profileNames, readProfile } from './profile.ts'

function ff68(): Record<string, unknown> {
  const { name: _name, ...content } = readProfile('ff68')
  return structuredClone(content)
}

describe('profiles', () => {
  test.each(profileNames())('%s is sound', (name) => {
    const profile = readProfile(name)
    expect(profile.name).toBe(name)
    expect(Object.keys(profile.keys).length).toBeGreaterThan(0)
  })

  test('every protocol has the one that is meant when none is named', () => {
    for (const protocol of ['ff68', 'sundyn', 'keys']) expect(readProfile(protocol).protocol).toBe(protocol)
  })

  test.each([
    ['an unknown name', () => readProfile('toaster')],
    ['a way out of the folder', () => readProfile('../profile')],
    ['no object', () => checkedProfile('x', null)],
    ['an unknown protocol', () => checkedProfile('x', { ...ff68(), protocol: 'ff69' })],
    ['an unknown field', () => checkedProfile('x', { ...ff68(), colour: 'red' })],
    ['a level that is none', () => checkedProfile('x', { ...ff68(), keys: { '00': { level: 6 } } })],
    ['a key with two meanings', () => checkedProfile('x', { ...ff68(), keys: { '00': { level: 1, reason: 'slow' } } })],
    [
      'a frame without a sum',
      () => checkedProfile('x', withParts(['68', 'length', 'address', 'command', 'data', '16'])),
    ],
    [
      'a frame without a fixed beginning',
      () => checkedProfile('x', withParts(['length', 'address', 'command', 'data', 'sum'])),
    ],
    [
      'a length behind the data',
      () => checkedProfile('x', withParts(['68', 'address', 'command', 'data', 'length', 'sum'])),
    ],
    [
      'a key that is ignored and means something',
      () => checkedProfile('x', { ...contentOf('keys-serial'), ignored: ['31'] }),
    ],
    ['clerk and rater alike', () => checkedProfile('x', withClerk({ address_plus: 128, command: '11' }))],
  ])('with %s are refused by name', (_what, read) => {
    expect(read).toThrow(BadProfile)
  })
})

function contentOf(name: string): Record<string, unknown> {
  const { name: _name, ...content } = readProfile(name)
  return structuredClone(content)
}

function withParts(parts: readonly string[]): Record<string, unknown> {
  const content = ff68()
  return { ...content, frame: { ...(content['frame'] as object), parts } }
}

function withClerk(changes: object): Record<string, unknown> {
  const content = ff68()
  return { ...content, clerk: { ...(content['clerk'] as object), ...changes } }
}
