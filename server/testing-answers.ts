import { isDeepStrictEqual } from 'node:util'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/**
 * From here on an answer fails that is not what its schema says: what a schema does not name would be left out of it in silence. The routes
 * that are registered afterwards are held to it.
 */
export function holdToSchemas(app: FastifyInstance): void {
  const meant = new WeakMap<FastifyReply, unknown>()
  app.addHook('preSerialization', async (request, reply, payload: unknown) => {
    const schemas = request.routeOptions.schema?.response as Readonly<Record<string, TSchema>> | undefined
    const schema = schemas?.[reply.statusCode]
    if (schema === undefined) return payload
    const answer = JSON.parse(JSON.stringify(payload)) as unknown
    meant.set(reply, answer)
    if (Value.Check(schema, answer)) return payload
    const [first] = Value.Errors(schema, answer)
    throw new Error(`${request.method} ${request.url} answers what its schema does not say: ${JSON.stringify(first)}`)
  })
  app.addHook('onSend', async (request, reply, sent: unknown) => {
    if (!meant.has(reply) || typeof sent !== 'string') return sent
    const answer = meant.get(reply)
    meant.delete(reply)
    if (!isDeepStrictEqual(JSON.parse(sent), answer))
      throw new Error(`${request.method} ${request.url} lost something of its answer on the way: ${sent}`)
    return sent
  })
}
