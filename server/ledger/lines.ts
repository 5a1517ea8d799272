import type { Readable } from 'node:stream'

/**
 * The lines of an export or a disclosure, which end with a newline. `node:readline` would end one at U+2028 and U+2029 as well, which may stand in an
 * entry.
 */
export async function* linesIn(file: Readable): AsyncGenerator<string> {
  // A mark at the beginning is none of what was exported.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let rest = ''
  for await (const part of file as AsyncIterable<Buffer | string>) {
    const text = typeof part === 'string' ? part : decoder.decode(part, { stream: true })
    const [first = '', ...others] = text.split('\n')
    rest += first
    for (const next of others) {
      yield withoutReturn(rest)
      rest = next
    }
  }
  rest += decoder.decode()
  if (rest !== '') yield withoutReturn(rest)
}

const withoutReturn = (line: string): string => (line.endsWith('\r') ? line.slice(0, -1) : line)
