import { type Logger, pino, stdSerializers } from 'pino'
import { loggable } from './loggable.ts'

/** The log of a process, JSON lines on standard output. An error under `err` is written as `loggable` allows, whoever logs it. */
export function openLog(level: string): Logger {
  return pino({ level, serializers: { err: (error: unknown) => asWritten(loggable(error)) } })
}

function asWritten(error: unknown): unknown {
  return error instanceof Error ? stdSerializers.err(error) : error
}
