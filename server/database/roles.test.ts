import { describe, expect, it } from 'vitest'
import { rolesFromUrls } from './roles.ts'

describe('rolesFromUrls', () => {
  const app = 'postgres://hall@db.example:5433/clearhold'

  it('takes the running role from DATABASE_URL', () => {
    const owner = 'postgres://builder:secret@db.example:5433/clearhold'
    expect(rolesFromUrls(app, owner)).toEqual({
      owner: { connectionString: owner },
      app: { connectionString: app },
      appRole: 'hall',
    })
  })

  it.each([undefined, app, 'postgres://hall:other@db.example/clearhold'])(
    'refuses the owner %s and says why',
    (owner) => {
      expect(() => rolesFromUrls(app, owner)).toThrow(
        expect.objectContaining({
          code: 'one-role',
          words: { zh: expect.stringContaining('DATABASE_OWNER_URL'), en: expect.stringContaining('owner of a table') },
        }),
      )
    },
  )
})
