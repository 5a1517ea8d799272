import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import { afterAll, expect, it } from 'vitest'
import { CLIP_BYTES_MAX, CLIPS, voiceRoutes } from './routes.ts'

const SHIPPED = join(import.meta.dirname, '../../../kiosk/voices/clips')
/** All of them together, so that a counter’s screen has them at once. */
const PACK_BYTES_MAX = 600_000
const folder = await mkdtemp(join(tmpdir(), 'voices-'))
afterAll(() => rm(folder, { recursive: true }))

it('has every clip in both languages, as MP3, and all of them are small', async () => {
  const app = Fastify()
  await app.register(voiceRoutes)
  let all = 0
  for (const language of ['zh-CN', 'en']) {
    const names = (await readdir(join(SHIPPED, language))).toSorted()
    expect(names).toEqual(CLIPS.map((clip) => `${clip}.mp3`).toSorted())
    for (const clip of CLIPS) {
      const answer = await app.inject({ url: `/api/rating/voices/${language}/${clip}` })
      expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'audio/mpeg'])
      // The first frame of MPEG audio, layer III.
      expect(answer.rawPayload[0]).toBe(0xff)
      expect((answer.rawPayload[1] ?? 0) & 0xe6).toBe(0xe2)
      all += (await stat(join(SHIPPED, language, `${clip}.mp3`))).size
    }
  }
  expect(all).toBeLessThan(PACK_BYTES_MAX)
  await app.close()
})

it('plays the hall’s own clip where there is one, and never what lies beside its folder', async () => {
  await mkdir(join(folder, 'zh-CN'))
  await writeFile(join(folder, 'zh-CN', 'ask.mp3'), 'own voice')
  await writeFile(join(folder, 'zh-CN', 'thanks.mp3'), Buffer.alloc(CLIP_BYTES_MAX + 1))
  const app = Fastify()
  await app.register(voiceRoutes, { voiceDir: folder })
  const ask = (path: string) => app.inject({ url: `/api/rating/voices/${path}` })
  expect((await ask('zh-CN/ask')).body).toBe('own voice')
  expect((await ask('zh-CN/thanks')).rawPayload.length).toBeLessThan(CLIP_BYTES_MAX)
  expect((await ask('en/ask')).rawPayload.length).toBeGreaterThan(1_000)
  for (const path of ['zh-CN/ask.mp3', 'zh-CN/..%2f..%2fask', 'fr/ask']) expect((await ask(path)).statusCode).toBe(400)
  await app.close()
})
