/** The encodings in which Chinese offices keep text files. */

export interface DecodedText {
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'gb18030'
}

/**
 * The readings of these bytes that are whole, the likelier first: by their mark where there is one, else UTF-8, else GB 18030 (which holds
 * GBK and GB 2312). A few short texts are sound in both; the reader of the content decides between them.
 */
export function decodings(bytes: Uint8Array): DecodedText[] {
  const [first, second, third] = bytes
  if (first === 0xef && second === 0xbb && third === 0xbf) return decodedAs('utf-8', bytes)
  if (first === 0xff && second === 0xfe) return decodedAs('utf-16le', bytes)
  return [...decodedAs('utf-8', bytes), ...decodedAs('gb18030', bytes)]
}

function decodedAs(encoding: DecodedText['encoding'], bytes: Uint8Array): DecodedText[] {
  try {
    return [{ text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding }]
  } catch {
    return []
  }
}
