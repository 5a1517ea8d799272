import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { serveKiosk } from './serve-kiosk.ts'

let folder: string
let app: FastifyInstance

/** What a build leaves: a page and the one part it is made of. */
async function build(part: string): Promise<void> {
  await rm(join(folder, 'assets'), { recursive: true, force: true })
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'assets', part), 'export {}')
  await writeFile(join(folder, 'index.html'), `<script type="module" src="/assets/${part}"></script>`)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearhold-screens-'))
  await build('before.js')
  app = fastify()
  await serveKiosk(app, folder)
  await app.ready()
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

it('a path that is no file is the page, but for the operations', async () => {
  const page = await app.inject('/desk/cases/1')
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.headers['cache-control']).toBe('no-cache')
  expect((await app.inject('/api/no-such')).statusCode).toBe(404)
})

it('screens built anew while it runs are served whole, and what is gone is no page', async () => {
  expect((await app.inject('/assets/before.js')).headers['cache-control']).toContain('immutable')
  await build('after.js')
  expect((await app.inject('/')).body).toContain('/assets/after.js')
  const part = await app.inject('/assets/after.js')
  expect(part.statusCode).toBe(200)
  expect(part.headers['content-type']).toContain('javascript')
  for (const gone of [
    '/assets/before.js',
    '/assets/',
    '/assets/../index.html.map',
    '/assets/%2e%2e/%2e%2e/package.json',
  ]) {
    const answer = await app.inject(gone)
    expect(answer.body, gone).not.toContain('export {}')
    if (gone.endsWith('.js')) expect(answer.statusCode, gone).toBe(404)
  }
})
