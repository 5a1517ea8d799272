import SerializerSelector, { type Serializer, type SerializerFactory } from '@fastify/fast-json-stringify-compiler'

/** How one answer of one route is written as JSON; see fast-json-stringify. */
const writers: SerializerFactory = SerializerSelector()

/**
 * Fastify's own writers of answers, each made when its first answer is written: there are many hundreds of them, and making all would hold up
 * every start by a third of a second. A schema that cannot be made into one shows at its first answer.
 */
export const writersWhenNeeded: SerializerFactory = (shared, options) => {
  const make = writers(shared, options)
  return (route) => {
    let write: Serializer | null = null
    return (answer) => (write ??= make(route))(answer)
  }
}
