import { execFile } from 'node:child_process'
import { glob, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import type { Log } from './database/log.ts'

const ROOT = join(import.meta.dirname, '..')
const KIOSK = join(ROOT, 'kiosk')
const DIST = join(KIOSK, 'dist')
const VITE = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
/** An old machine that does other things takes minutes; a build that takes longer hangs. */
const BUILD_MS = 600_000
const YEAR_SECONDS = 31_536_000

/**
 * Builds the screens when they are not there or older than their sources, in a process of its own so that the server can start meanwhile.
 * @throws Error with the builder's words
 */
export async function buildKiosk(log: Log): Promise<void> {
  if (!(await isStale())) return
  log.info({}, '正在构建界面 / building the screens')
  // Two programs may start at once from one checkout: each builds aside, and the last one's whole result stands.
  const aside = `${DIST}-${process.pid}`
  const settings = [
    'build',
    '--config',
    join(KIOSK, 'vite.config.ts'),
    '--outDir',
    aside,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ]
  await promisify(execFile)(process.execPath, [VITE, ...settings], {
    cwd: ROOT,
    timeout: BUILD_MS,
    env: { ...process.env, NODE_ENV: 'production' },
  }).catch((error: Error & { readonly killed?: boolean }) => {
    if (error.killed !== true) throw error
    const minutes = BUILD_MS / 60_000
    throw new Error(`界面构建超过 ${minutes} 分钟，已停止 / the screens were not built within ${minutes} minutes`)
  })
  await rename(DIST, `${aside}-old`).catch(() => undefined)
  await rename(aside, DIST).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
  })
  await Promise.all([aside, `${aside}-old`].map((folder) => rm(folder, { recursive: true, force: true })))
}

/**
 * Serves the built screens. Every path that is no file is the one page; but what the page is made of is that or nothing, so that a page built
 * since this program started finds its parts, and one built before it is told that they are gone.
 * @param folder what was built
 */
export async function serveKiosk(app: FastifyInstance, folder = DIST): Promise<void> {
  await app.register(fastifyStatic, { root: folder, wildcard: false, index: false })
  app.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, async (request, reply) =>
    reply.sendFile(`assets/${request.params['*']}`),
  )
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    if (request.url.startsWith('/api/')) return reply.callNotFound()
    return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false })
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
  const sources = glob('**/*.{ts,svelte,css,html,svg}', {
    cwd: KIOSK,
    exclude: (name) => name.startsWith('dist') || name === 'testing' || name === 'journeys',
  })
  for await (const file of sources) {
    if (!file.endsWith('.test.ts') && (await stat(join(KIOSK, file))).mtimeMs > built.mtimeMs) return true
  }
  return false
}
