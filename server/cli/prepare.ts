import { pino } from 'pino'
import { keepCompiled } from '../keep-compiled.ts'
import { buildKiosk } from '../serve-kiosk.ts'

/**
 * Run after each installation, so that the first start need neither build the screens nor compile the demonstration. Screens that are up
 * to date are left alone.
 */
await buildKiosk(pino({ level: 'silent' }))
keepCompiled()
// An installation for production has not the packages that emulated devices need, and shows no demonstration.
await Promise.all([import('../demo/begin.ts'), import('../demo/run.ts')]).catch(() => undefined)
