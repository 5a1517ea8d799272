import pg from 'pg'

/** Names that do not exist, wrong syntax, missing rights: PostgreSQL, appendix A. */
const STATEMENT_AT_FAULT = '42'

/**
 * An error as a log may hold it. PostgreSQL puts what was written into its words (the message, the detail, the hint, the query), and
 * that may be a name or a case: of its errors only codes and the names of tables, columns and constraints are kept, and where in the
 * program they arose; the message too where it can only be about the statement itself (class 42). One that was caused by such an error
 * keeps its own words. Every other error is left as it is.
 */
export function loggable(error: unknown): unknown {
  if (error instanceof pg.DatabaseError) return withoutContent(error)
  if (!(error instanceof Error) || error.cause === undefined) return error
  const cause = loggable(error.cause)
  if (cause === error.cause) return error
  return { type: error.name, message: error.message, stack: error.stack, cause }
}

function withoutContent(error: pg.DatabaseError): object {
  const { severity, code, schema, table, column, dataType, constraint, routine } = error
  const stack = error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n')
  const message = code?.startsWith(STATEMENT_AT_FAULT) === true ? error.message : undefined
  return {
    type: 'DatabaseError',
    message,
    ...{ severity, code, schema, table, column, dataType, constraint, routine, stack },
  }
}
