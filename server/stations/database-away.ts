/** Connection lost or refused, the server shutting down, out of resources, or a statement or lock that took too long. */
const CODES = /^(ECONNREFUSED|ECONNRESET|EPIPE|55P03|57014|08...|57P0.|53...)$/
const MESSAGES = /timeout exceeded when trying to connect|Connection terminated/

/** Whether an error says that the database could not be reached or had no time, so that the same may be tried again. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  // A socket that is not there is a database that is away; any other missing file is something else.
  if ('code' in error && error.code === 'ENOENT') return 'syscall' in error && error.syscall === 'connect'
  return ('code' in error && typeof error.code === 'string' && CODES.test(error.code)) || MESSAGES.test(error.message)
}
