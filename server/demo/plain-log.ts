import type { Log } from '../database/log.ts'
import { loggable } from '../loggable.ts'

/** What goes wrong, one line each for the person before the terminal; what merely happens is left out. */
export function openPlainLog(write: (line: string) => void = (line) => process.stderr.write(line)): Log {
  const say = (sign: string, fields: object, message: string): void => {
    const error = 'err' in fields ? loggable(fields.err) : undefined
    const why = error instanceof Error ? `: ${error.message}` : ''
    write(`${sign} ${message}${why}\n`)
  }
  return {
    info: () => undefined,
    warn: (fields, message) => say('注意 / note:', fields, message),
    error: (fields, message) => say('出错 / fault:', fields, message),
  }
}
