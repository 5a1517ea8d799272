import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Refusal } from '../../refusal.ts'
import { bytes, exactly } from '../../schemas.ts'

/** What comes along, spoken by a machine; see LICENCE.md there. */
const SHIPPED = join(import.meta.dirname, '../../../kiosk/voices/clips')
/** A clip of a few seconds is a hundredth of this; what is larger is none. */
export const CLIP_BYTES_MAX = 1_000_000
/** What a page may ask to be said; `kiosk/voices/clips.ts` has the words of each. */
export const CLIPS = [
  ...(['ask', 'thanks', 'over', 'closed', 'level-5', 'level-4', 'level-3', 'level-2', 'level-1'] as const),
  ...(['bench-taken', 'bench-weigh', 'bench-badge', 'bench-shelf', 'bench-confirm', 'bench-refused'] as const),
  ...(['bench-other-list', 'bench-not-granted', 'bench-weight-differs', 'bench-seal-differs'] as const),
  ...(['bench-fault', 'bench-offline', 'bench-alarm'] as const),
] as const

export interface VoiceRouteOptions {
  /** A hall’s own clips, `zh-CN/ask.mp3` and so on; null or absent where it has none. */
  readonly voiceDir?: string | null
}

/** What is spoken at counters and benches: the house’s own clip where there is one, else that which comes along. */
export const voiceRoutes: FastifyPluginAsyncTypebox<VoiceRouteOptions> = async (app, { voiceDir = null }) => {
  app.get(
    '/api/rating/voices/:language/:clip',
    {
      schema: {
        tags: ['rating'],
        security: [],
        produces: ['audio/mpeg'],
        description: 'A spoken clip, from the voice pack of the house or the one that comes along. No secret.',
        params: Type.Object({ language: Type.Enum(['zh-CN', 'en']), clip: Type.Enum([...CLIPS]) }, exactly),
        response: { 200: bytes },
      },
    },
    async (request, reply) => {
      const name = join(request.params.language, `${request.params.clip}.mp3`)
      const own = voiceDir === null ? null : await clipAt(join(voiceDir, name))
      const clip = own ?? (await clipAt(join(SHIPPED, name)))
      if (clip === null) throw new Refusal('request.not-found')
      // A hall that puts in another voice hears it at the next start of the page.
      return reply.type('audio/mpeg').header('cache-control', 'no-cache').send(clip)
    },
  )
}

/** Null for what is not there, is no file, or is too large to be a clip. */
async function clipAt(path: string): Promise<Buffer | null> {
  try {
    const found = await stat(path)
    return found.isFile() && found.size <= CLIP_BYTES_MAX ? await readFile(path) : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return null
    throw error
  }
}
