/** Connection lost or refused, the server shutting down, out of resources, or a statement or lock that took too long. */
const CODES = /^(ECONNREFUSED|ECONNRESET|ENOENT|EPIPE|55P03|57014|08...|57P0.|53...)$/
const MESSAGES = /timeout exceeded when trying to connect|Connection terminated/

/** Whether an error says that the database could not be reached or had no time, so that the same may be tried again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  return ('code' in error && typeof error.code === 'string' && CODES.test(error.code)) || MESSAGES.test(error.message)
}
