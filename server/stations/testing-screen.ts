import type { LightMyRequestResponse } from 'fastify'
import { WebSocket } from 'ws'
import type { ScreenInput, SessionAnswer, SessionView, StationMessage, Verdict } from './protocol.ts'
import type { TestStations } from './testing.ts'

const WAIT_MS = 30_000

/** One screen of a station: its cookie, and what its socket has brought. */
export class Screen {
  readonly station: string
  readonly cookie: string
  readonly #stations: TestStations
  readonly #socket: WebSocket
  readonly messages: StationMessage[] = []
  #wake: () => void = () => undefined

  private constructor(stations: TestStations, station: string, cookie: string, socket: WebSocket) {
    this.#stations = stations
    this.station = station
    this.cookie = cookie
    this.#socket = socket
    socket.on('message', (data: Buffer) => {
      this.messages.push(JSON.parse(data.toString()) as StationMessage)
      this.#wake()
    })
  }

  static async open(stations: TestStations, station: string): Promise<Screen> {
    const url = `/api/stations/${station}`
    const { code } = await stations.post<{ code: string }>('xu-system', `${url}/code`, {})
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const opened = await stations.server.app.inject({
      ...{ method: 'POST', url: `${url}/screen`, payload: { code }, headers },
    })
    const [cookie] = opened.cookies
    if (cookie === undefined) throw new Error(`no screen: ${opened.body}`)
    const header = `${cookie.name}=${cookie.value}`
    const socket = new WebSocket(`${stations.address.replace('http', 'ws')}${url}/live`, {
      headers: { cookie: header },
    })
    const screen = new Screen(stations, station, header, socket)
    await screen.until(() => true)
    return screen
  }

  get session(): SessionView | null {
    const shown = this.messages.filter((message) => message.type === 'session')
    const session = shown.toSorted((a, b) => a.version - b.version).at(-1)?.session ?? null
    const told = this.messages.findLast((message) => message.type === 'pan' && message.step === session?.step)
    return session !== null && told?.type === 'pan' ? { ...session, pan: told.pan } : session
  }

  /** What could not even be written down, in the order it was told. */
  get troubles(): readonly Verdict[] {
    return this.messages.flatMap((message) => (message.type === 'trouble' ? [message.verdict] : []))
  }

  /** Waits until the session shown is so. */
  async until(is: (session: SessionView) => boolean): Promise<SessionView> {
    const end = Date.now() + WAIT_MS
    for (;;) {
      const { session } = this
      if (session !== null && is(session)) return session
      const left = end - Date.now()
      if (left <= 0) throw new Error(`the screen still shows ${JSON.stringify(session, null, 1)}`)
      await new Promise<void>((resolve) => {
        const late = setTimeout(resolve, left)
        this.#wake = () => {
          clearTimeout(late)
          resolve()
        }
      })
    }
  }

  verdict(code: string): Promise<SessionView> {
    return this.until(({ verdict }) => verdict?.code === code)
  }

  stateOf(id: string): string | undefined {
    const told = this.messages.findLast((message) => message.type === 'device' && message.device.id === id)
    if (told?.type === 'device') return told.device.state
    return this.session?.devices.find((one) => one.id === id)?.state
  }

  async ready(...devices: string[]): Promise<void> {
    await this.until(() => devices.every((id) => this.stateOf(id) === 'ready'))
  }

  get(path: string): Promise<LightMyRequestResponse> {
    return this.#stations.server.app.inject({
      url: `/api/stations/${this.station}/${path}`,
      headers: { cookie: this.cookie },
    })
  }

  post(input: object, key: string = crypto.randomUUID()): Promise<LightMyRequestResponse> {
    this.#stations.server.setNow(this.#stations.now())
    return this.#stations.server.app.inject({
      method: 'POST',
      url: `/api/stations/${this.station}/input`,
      headers: { cookie: this.cookie, 'idempotency-key': key },
      payload: input,
    })
  }

  async send(input: ScreenInput, key?: string): Promise<SessionAnswer> {
    const answer = await this.post(input, key)
    if (answer.statusCode !== 200) throw new Error(answer.body)
    const { version, session } = answer.json<SessionAnswer>()
    this.messages.push({ type: 'session', version, session })
    this.#wake()
    return { version, session }
  }

  pin(pin: string): Promise<SessionAnswer> {
    return this.send({ type: 'pin', step: this.session?.step ?? 0, pin })
  }

  close(): void {
    this.#socket.terminate()
  }
}
