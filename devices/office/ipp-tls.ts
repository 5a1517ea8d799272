import { isIP } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import type { TcpAddress } from '../port-address.ts'
import type { Fault } from '../reading.ts'

/** By what a printer is known. */
export interface Trust {
  /** SHA-256 of its certificate, 64 hexadecimal digits; null where it is known by who signed it and by its name. */
  readonly fingerprint: string | null
}

/** Whoever answers is not the printer that was meant, or cannot prove it. */
export class UntrustedPrinter extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super(fault.detail)
    this.name = 'UntrustedPrinter'
    this.fault = fault
  }
}

/**
 * A connection to a printer that has proved which it is; nothing was said on it yet. Most printers sign their own certificate, which nobody
 * vouches for: such a one is known by its fingerprint alone, which the administrator reads on its panel.
 * @throws UntrustedPrinter; an error of the connection, or of the signal that gave it up
 */
export function openTls(
  { host, port }: Pick<TcpAddress, 'host' | 'port'>,
  { fingerprint }: Trust,
  signal: AbortSignal,
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    // A name to ask for is none where the host is a number (RFC 6066, section 3).
    const named = isIP(host) === 0 ? { servername: host } : {}
    // Judged below, where both what was meant and what answers can be told.
    const socket = connect({ host, port, ...named, rejectUnauthorized: false })
    const give = (): void => void socket.destroy(signal.reason as Error)
    const fail = (error: Error): void => {
      signal.removeEventListener('abort', give)
      socket.destroy()
      reject(error)
    }
    if (signal.aborted) give()
    signal.addEventListener('abort', give)
    socket.once('error', fail)
    socket.once('secureConnect', () => {
      const found = digitsOf(socket.getPeerCertificate().fingerprint256)
      const isKnown = fingerprint === null ? socket.authorized : found === digitsOf(fingerprint)
      if (!isKnown) {
        fail(new UntrustedPrinter(untrusted(found, fingerprint === null ? String(socket.authorizationError) : null)))
        return
      }
      signal.removeEventListener('abort', give)
      socket.removeListener('error', fail)
      resolve(socket)
    })
  })
}

function digitsOf(fingerprint: string | undefined): string {
  return (fingerprint ?? '').replaceAll(':', '').toLowerCase()
}

/** @param why by TLS, where no fingerprint is configured */
function untrusted(found: string, why: string | null): Fault {
  const detail = why === null ? `certificate ${found} is not the configured one` : `certificate ${found}: ${why}`
  return {
    ...{ code: 'device-error', detail },
    words:
      why === null
        ? {
            zh: `打印机出示的证书与配置的指纹不符，未发送任何内容。现为 ${found}`,
            en: `the printer shows another certificate than the configured one and was sent nothing; it is ${found}`,
          }
        : {
            zh: `打印机的证书不受信任，未发送任何内容。核对打印机面板上的指纹后填入设置：${found}`,
            en: `the certificate of the printer is not trusted and it was sent nothing; compare with its panel and configure ${found}`,
          },
  }
}
