import pg from 'pg'

/** One statement as the driver was given it; with a name it is prepared once a connection. */
export interface Statement {
  readonly name: string | null
  readonly text: string
  readonly values: readonly unknown[]
}

/** A transaction, `begin` and `commit` included, or a single statement outside of one. */
export type Run = readonly Statement[]

export interface StatementTap {
  /** Who is told of every run that ends from now on; nobody, when null. */
  onRun: ((run: Run) => void) | null
  remove(): void
}

/**
 * Listens to what this process sends to PostgreSQL, in the driver itself: it must be in place before the connections are made. A transaction
 * that is rolled back is not told.
 */
export function tapStatements(): StatementTap {
  const original = pg.Client.prototype.query
  const open = new WeakMap<pg.Client, Statement[]>()
  const tap: StatementTap = {
    onRun: null,
    remove: () => {
      pg.Client.prototype.query = original
    },
  }
  pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]) {
    if (tap.onRun !== null) hear(this, statementOf(given), tap.onRun)
    return Reflect.apply(original, this, given) as unknown
  } as typeof original

  function hear(client: pg.Client, statement: Statement, onRun: (run: Run) => void): void {
    const word = statement.text.trim().toLowerCase()
    const run = open.get(client)
    if (word === 'begin') open.set(client, [statement])
    else if (word === 'rollback') open.delete(client)
    else if (run === undefined) onRun([statement])
    else {
      run.push(statement)
      if (word !== 'commit') return
      open.delete(client)
      onRun(run)
    }
  }
  return tap
}

function statementOf([first, second]: unknown[]): Statement {
  if (typeof first === 'string') return { name: null, text: first, values: Array.isArray(second) ? second : [] }
  const { name, text, values } = first as { name?: string; text: string; values?: unknown[] }
  return { name: name ?? null, text, values: values ?? [] }
}
