import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'

/** How a mail server behaves. */
export type MailManner =
  | 'accepts'
  /** Refuses every receiver for good. */
  | 'unknown-receiver'
  /** Refuses every receiver for now. */
  | 'busy'
  /** Offers STARTTLS and then refuses it. */
  | 'refuses-tls'
  | 'wrong-password'
  /** Takes the message whole and hangs up instead of saying so. */
  | 'hangs-up'
  /** Greets one byte at a time and never comes to the end. */
  | 'dribbles'
  | 'silent'

export interface ReceivedMail {
  readonly from: string
  readonly to: readonly string[]
  /** Header and body as they came. */
  readonly text: string
}

export interface MailServer {
  readonly port: number
  manner: MailManner
  readonly received: readonly ReceivedMail[]
  /** Every line that clients sent, but the messages. */
  readonly heard: readonly string[]
  close(): Promise<void>
}

const DRIBBLE_MS = 20

/** A mail server (RFC 5321) on a socket of this machine, as good or bad as it is told to be. */
export async function startMailServer(): Promise<MailServer> {
  const received: ReceivedMail[] = []
  const heard: string[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    converse(socket, of, received, heard)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const of: MailServer = {
    port: (server.address() as AddressInfo).port,
    manner: 'accepts',
    received,
    heard,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return of
}

function converse(
  socket: Socket,
  of: { readonly manner: MailManner },
  received: ReceivedMail[],
  heard: string[],
): void {
  const { manner } = of
  const say = (line: string): void => void socket.write(`${line}\r\n`)
  if (manner === 'silent') return
  if (manner === 'dribbles') {
    const timer = setInterval(() => socket.write('2'), DRIBBLE_MS)
    socket.on('close', () => clearInterval(timer))
    return
  }
  let from = ''
  let to: string[] = []
  let letter: string | null = null
  let rest = ''
  say('220 mail.test ESMTP')
  socket.on('data', (bytes: Buffer) => {
    rest += bytes.toString('utf8')
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (letter !== null) {
        if (line !== '.') {
          letter += `${line}\r\n`
          continue
        }
        received.push({ from, to, text: letter })
        letter = null
        if (manner === 'hangs-up') return void socket.destroy()
        say('250 2.0.0 taken as test-1')
        continue
      }
      heard.push(line)
      const verb = line.slice(0, 4).toUpperCase()
      if (verb === 'EHLO') {
        const offers = manner === 'refuses-tls' ? ['STARTTLS'] : ['AUTH PLAIN']
        say(
          ['mail.test', ...offers].map((one, index) => `250${index === offers.length ? ' ' : '-'}${one}`).join('\r\n'),
        )
      } else if (verb === 'STAR') say('454 4.7.0 TLS not available')
      else if (verb === 'AUTH') say(manner === 'wrong-password' ? '535 5.7.8 Authentication failed' : '235 2.7.0 ok')
      else if (verb === 'MAIL') {
        from = line
        to = []
        say('250 ok')
      } else if (verb === 'RCPT') {
        if (manner === 'unknown-receiver') say('550 5.1.1 no such user here')
        else if (manner === 'busy') say('451 4.3.0 try again later')
        else {
          to = [...to, line]
          say('250 ok')
        }
      } else if (verb === 'DATA') {
        letter = ''
        say('354 go on')
      } else if (verb === 'QUIT') {
        say('221 bye')
        socket.end()
      } else say('250 ok')
    }
  })
}
