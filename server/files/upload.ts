import { finished } from 'node:stream/promises'
import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'
import { signedIn } from '../http.ts'
import { Refusal } from '../refusal.ts'
import type { Files, KeptPhoto } from './files.ts'

export const PHOTOS_A_REQUEST_MAX = 10
/** The refusal goes out after this long, whether the sender has finished or not. */
const REST_MS_MAX = 10_000

/**
 * Keeps every photo of a multipart request, in its order, asking before each whether this person may. The names that came with them are not used. When one is refused the request is,
 * and what was kept before it stays, named by no fact.
 * @throws Refusal `access.not-signed-in`, `file.none`, `file.too-many`, `file.cut-off`, `request.invalid` (a field that is no photo), and
 *   those of `mayKeep` and `keepPhoto`
 */
export async function keepFromRequest(request: FastifyRequest, files: Files): Promise<readonly KeptPhoto[]> {
  return keepOf(request, files, signedIn(request).person)
}

/** The same for a person who was recognised otherwise, as who works at a bench; throws as that, `access.not-signed-in` aside. */
export async function keepOf(request: FastifyRequest, files: Files, person: string): Promise<readonly KeptPhoto[]> {
  if (!request.isMultipart()) throw new Refusal('file.none')
  const kept: KeptPhoto[] = []
  try {
    await files.mayKeep(person)
    for await (const photo of photosOf(request)) {
      if (kept.length > 0) await files.mayKeep(person)
      kept.push(await files.keepPhoto(unbroken(photo), { person, position: kept.length + 1 }))
    }
  } catch (error) {
    await takeTheRest(request)
    throw error
  }
  if (kept.length === 0) throw new Refusal('file.none')
  return kept
}

/** A sender that is still sending reads a refusal only when somebody takes the rest first. */
async function takeTheRest({ raw }: FastifyRequest): Promise<void> {
  raw.unpipe()
  raw.resume()
  await finished(raw, { writable: false, signal: AbortSignal.timeout(REST_MS_MAX) }).catch(() => undefined)
}

async function* photosOf(request: FastifyRequest): AsyncGenerator<MultipartFile> {
  const parts = request.parts({ limits: { files: PHOTOS_A_REQUEST_MAX } })
  for (;;) {
    const part = await parts.next().catch((error: Error) => {
      if ('code' in error && error.code === 'FST_FILES_LIMIT') {
        throw new Refusal('file.too-many', { limit: PHOTOS_A_REQUEST_MAX })
      }
      if ('statusCode' in error) throw error
      throw new Refusal('file.cut-off')
    })
    if (part.done === true) return
    if (part.value.type === 'field') {
      throw new Refusal('request.invalid', { what: `field ${part.value.fieldname.slice(0, 100)}` })
    }
    yield part.value
  }
}

async function* unbroken({ file }: MultipartFile): AsyncGenerator<Uint8Array> {
  try {
    yield* file
  } catch {
    throw new Refusal('file.cut-off')
  }
}
