import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { isLocked, takeLock } from './lock.ts'

let path: string

beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'clearhold-lock-'))
  path = join(folder, 'lock')
  return () => rm(folder, { recursive: true })
})

describe('takeLock', () => {
  it('is held once, also within one process, until released', async () => {
    const lock = takeLock(path)
    expect(lock).toBeDefined()
    expect(takeLock(path)).toBeUndefined()
    expect(isLocked(path)).toBe(true)
    lock?.release()
    expect(isLocked(path)).toBe(false)
    takeLock(path)?.release()
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(dirname(path))).toEqual(['lock'])
  })

  it('dies with a process that is killed', async () => {
    const code = `
      import { takeLock } from ${JSON.stringify(import.meta.resolve('./lock.ts'))}
      globalThis.held = takeLock(process.argv[1])
      console.log('held')
      setInterval(() => undefined, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', code, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    expect(takeLock(path)).toBeUndefined()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const lock = takeLock(path)
    expect(lock).toBeDefined()
    lock?.release()
  })
})
