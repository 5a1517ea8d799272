import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { StationConfig } from '../../devices/reading.ts'
import { openDoor } from '../act.ts'
import { turnClocks } from '../clock/keeper.ts'
import { shippedCalendars } from '../clock/shipped-calendars.ts'
import { custodyTriggers } from '../custody/triggers.ts'
import { type Ground, startServer } from '../main.ts'
import { SYSTEM } from '../module.ts'
import { modules } from '../modules.ts'
import { makeCode } from '../stations/screens.ts'
import type { Begun } from './begin.ts'
import { startDemoDevices } from './emulators.ts'
import { historyClock, tellHistory } from './history.ts'
import { dealSecrets, demoPeople, foundOrganisation } from './organisation.ts'
import { type DrawnGoods, drawGoods } from './photos.ts'
import { openPlainLog } from './plain-log.ts'
import { isHallOpen, openHall } from './hall.ts'
import { layProvince, type Province } from './province.ts'
import { peopleProvince, PROVINCE_WORDS, tellProvince } from './province-votes.ts'
import { demoRoutes } from './routes.ts'
import { tellVotes, VOTES_DAYS } from './votes.ts'

const HISTORY_DAYS = 40
/** Before the first vote is told, whoever asks for it has to be in his post. */
const HISTORY_WITH_VOTES_DAYS = VOTES_DAYS + 9
const DAY_MS = 86_400_000

const POSTS: Readonly<Record<string, string>> = {
  officer: '办案人员',
  custodian: '保管人员',
  approver: '审批领导',
  supervisor: '监督人员',
  clerk: '窗口人员',
  manager: '部门负责人',
  'system-admin': '系统管理员',
  'security-admin': '安全管理员',
  'audit-admin': '审计管理员',
}

/** `npm run demo`: everything on a fresh database of its own, with emulated devices that speak their real protocols. */
export async function runDemo({ config, log, votes, province, cluster }: Begun): Promise<void> {
  // Drawn while the database is being made.
  const pictures = drawGoods()
  // Awaited where they are kept; until then a failure must not count as unhandled.
  pictures.catch(() => undefined)
  const laid = province ? layProvince() : null
  const devices = await startDemoDevices(config.dataDir)
  const server = await startServer(config, {
    log,
    cluster,
    stations: devices.stations,
    deviceFolder: devices.folder,
    prepare: async (ground) => {
      if (await isFilled(ground)) await tellPorts(ground, devices.stations)
      else await fill(ground, pictures, { days: votes || province ? HISTORY_WITH_VOTES_DAYS : HISTORY_DAYS, laid })
    },
    extend: async (app, { db, keys }) => {
      await app.register(demoRoutes, {
        db,
        devices,
        screenCode: async (station) => (await makeCode({ db, pepper: keys.pepper }, station, SYSTEM)).code,
      })
    },
  })
  const stop = (): void => {
    server
      .close()
      .then(devices.close)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          log.error({ err: error }, 'the demonstration did not close cleanly')
          process.exit(1)
        },
      )
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  if (!(await isHallOpen(server.deps.db))) {
    const { db, act } = server.deps
    const { tally } = await cluster
    const ground = { db, act, tally, folder: join(config.dataDir, 'tally'), present: new Date().toISOString() }
    if (laid !== null) await tellProvince({ ...ground, actWithin: server.deps.actWithin }, laid)
    await (votes ? tellVotes(ground) : openHall(ground))
  }
  announce(server.url)
}

/** With `--keep` the history is there already. */
async function isFilled({ db }: Ground): Promise<boolean> {
  return (await db.selectFrom('people').select('id').limit(1).execute()).length > 0
}

/** The sockets of the emulated devices have other ports each time. Emptied first, no two devices claim one port on the way. */
async function tellPorts({ db, keys }: Ground, stations: readonly StationConfig[]): Promise<void> {
  const { act } = openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now: () => new Date().toISOString() })
  const emptied = stations.map((station) => ({ ...station, devices: [] }))
  for (const { id: station, ...settings } of [...emptied, ...stations])
    await act({ person: SYSTEM }, { type: 'stations.configure', station, ...settings }, { cause: randomUUID() })
}

async function fill(
  { db, keys, files }: Ground,
  pictures: Promise<DrawnGoods>,
  { days, laid }: { readonly days: number; readonly laid: Province | null },
): Promise<void> {
  const present_ms = Date.now()
  const teller = (start_ms: number) => {
    const clock = historyClock(start_ms)
    return { clock, ...openDoor({ db, modules, causeKey: keys.pepper, hash: 'sha256', now: clock.now }) }
  }
  const founder = teller(present_ms - days * DAY_MS)
  const founding = { db, ...founder, pepper: keys.pepper }
  const founded_at = founder.clock.now()
  if (laid === null) await foundOrganisation(founding, founded_at)
  else {
    process.stdout.write(PROVINCE_WORDS)
    await foundOrganisation(founding, founded_at, laid.units)
    await peopleProvince(founding, laid, founded_at)
  }
  for (const calendar of await shippedCalendars())
    await founder.act(
      { person: SYSTEM },
      { type: 'clock.import-calendar', ...calendar },
      { cause: `calendar ${calendar.year}`, at: founded_at },
    )
  // Clocks are kept from the founding on.
  await turnClocks({ db, ...founder, triggers: custodyTriggers, now: founder.clock.now, log: openPlainLog() })
  // Secrets are hashed, photos drawn and cleaned, and acts written by different hands: side by side they keep both cores busy.
  await Promise.all([dealSecrets(founding, founded_at), tellHistory({ teller, files, pictures, present_ms })])
}

function announce(url: string): void {
  const rows = demoPeople.map(({ name, login, password, badge, pin, posts }) => [
    ...[name, POSTS[posts[0]?.post ?? ''] ?? '', login, password, badge, pin],
  ])
  process.stdout.write(
    `\n清管演示已启动 / The demonstration is running\n\n    ${url}\n\n` +
      `${inColumns([['姓名', '岗位', '账号', '密码', '工牌', 'PIN'], ...rows])}\n\n` +
      `模拟设备面板 / emulator panel:  ${url}/demo\n停止 / stop:  Ctrl+C\n`,
  )
}

const COLUMN_GAP = 2

/** Each column as wide as its widest cell; a Chinese character is two columns of a terminal wide. */
function inColumns(rows: readonly (readonly string[])[]): string {
  const widthOf = (cell: string): number => cell.length + (cell.match(/\p{Script=Han}/gu)?.length ?? 0)
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? '')))) ?? []
  return rows
    .map((row) =>
      row.map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell) + COLUMN_GAP)).join(''),
    )
    .map((line) => line.trimEnd())
    .join('\n')
}
