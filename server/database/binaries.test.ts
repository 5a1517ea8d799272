import { execFileSync } from 'node:child_process'
import { chmod, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, truncate, unlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { mustChangeAccount, unprivilegedAccount } from './account.ts'
import { packageFolder, putLinks, readyBinaries } from './binaries.ts'

interface Link {
  readonly target: string
}

let folder: string
let place: string

/** The package as it lies after an installation without scripts. */
beforeEach(async () => {
  const root = await mkdtemp(join(tmpdir(), 'clearhold-binaries-'))
  await chmod(root, 0o755)
  folder = join(root, 'package')
  place = join(root, 'place')
  await mkdir(place)
  await cp(await packageFolder(), folder, { recursive: true, verbatimSymlinks: true })
  for (const { target } of await links()) await unlink(join(folder, target))
  return () => rm(root, { recursive: true })
})

const links = async (): Promise<readonly Link[]> =>
  JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as readonly Link[]

describe('readyBinaries', () => {
  it('puts the links in that an installation without scripts left out, also when many start at once', async () => {
    const postgres = join(folder, 'native', 'bin', 'postgres')
    expect(() => execFileSync(postgres, ['--version'], { stdio: 'pipe' })).toThrow(/libicu/)
    await Promise.all(Array.from({ length: 10 }, () => putLinks(folder)))
    for (const { target } of await links()) {
      expect((await lstat(join(folder, target))).isSymbolicLink()).toBe(true)
      await stat(join(folder, target))
    }
    const account = mustChangeAccount() ? await unprivilegedAccount() : undefined
    expect(await readyBinaries(folder, place, account)).toMatchObject({ postgres, major: '18' })
  })

  it('copies a package that the database account cannot run, and mends a copy that a power cut left broken', async () => {
    const account = mustChangeAccount() ? await unprivilegedAccount() : undefined
    // Closed to the account (root) or not to be written to, so that the links cannot be put in (everybody else).
    if (account !== undefined) await chmod(folder, 0o700)
    else await chmod(join(folder, 'native', 'lib'), 0o555)
    try {
      const { postgres, major } = await readyBinaries(folder, place, account)
      expect(postgres.startsWith(place)).toBe(true)
      expect(major).toBe('18')
      await truncate(postgres)
      expect((await readyBinaries(folder, place, account)).postgres).toBe(postgres)
      expect((await stat(postgres)).size).toBeGreaterThan(1_000_000)
    } finally {
      await chmod(join(folder, 'native', 'lib'), 0o755)
    }
  })

  it('refuses in words what does not run here', async () => {
    await rm(join(folder, 'native', 'lib', 'libcrypto.so.1.1'))
    await expect(readyBinaries(folder, place, undefined)).rejects.toMatchObject({
      code: 'binaries-unusable',
      message: /libcrypto[^]*DATABASE_URL/,
    })
  })
})
