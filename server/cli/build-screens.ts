import { pino } from 'pino'
import { buildKiosk } from '../serve-kiosk.ts'

/** Run after each installation, so that the first start need not build the screens. Screens that are up to date are left alone. */
await buildKiosk(pino({ level: 'silent' }))
