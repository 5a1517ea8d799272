import { glob, stat } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Log } from './database/log.ts'

const KIOSK = join(import.meta.dirname, '..', 'kiosk')
const DIST = join(KIOSK, 'dist')
const YEAR_SECONDS = 31_536_000

/** Serves the screens, built first when they are not there or older than their sources. Every path that is no file is the one page. */
export async function serveKiosk(app: FastifyInstance, log: Log): Promise<void> {
  if (await isStale()) {
    log.info({}, '正在构建界面 / building the screens')
    const { build } = await import('vite')
    await build({ configFile: join(KIOSK, 'vite.config.ts'), logLevel: 'error' })
  }
  await app.register(fastifyStatic, { root: DIST, wildcard: false, index: false })
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
  app.addHook('onSend', async (request, reply) => {
    if (request.url.startsWith('/assets/') && reply.statusCode === 200) {
      reply.header('cache-control', `public, max-age=${YEAR_SECONDS}, immutable`)
    }
  })
}

async function isStale(): Promise<boolean> {
  const built = await stat(join(DIST, 'index.html')).catch(() => null)
  if (built === null) return true
  for await (const file of glob('**/*.{ts,svelte,css,html,svg}', { cwd: KIOSK, exclude: (name) => name === 'dist' })) {
    if ((await stat(join(KIOSK, file))).mtimeMs > built.mtimeMs) return true
  }
  return false
}
