import { createHash } from 'node:crypto'
import pg from 'pg'

/** Longer lists of parameters come from lists of varying length: preparing each would fill the server's memory with one-time plans. */
const PARAMETERS_MAX = 16

const names = new Map<string, string>()

type Query = (...given: unknown[]) => unknown

/**
 * A client whose statements are parsed and planned once a connection instead of once a call: an act is a dozen small statements, and
 * planning them costs PostgreSQL more than running them.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // The driver's `query` is a dozen overloads over one function; an override by assignment keeps all of them.
    const query = super.query.bind(this) as Query
    this.query = ((text: unknown, values: unknown, ...rest: unknown[]) =>
      typeof text === 'string' && Array.isArray(values) && values.length > 0 && values.length <= PARAMETERS_MAX
        ? query({ name: nameOf(text), text, values }, ...rest)
        : query(text, values, ...rest)) as typeof this.query
  }
}

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = createHash('sha256').update(text).digest('base64url').slice(0, 32)
  names.set(text, name)
  return name
}
