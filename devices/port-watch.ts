import { stat } from 'node:fs/promises'

/** A pulled USB plug does not always close the port by itself, so the path is looked at this often. */
const WATCH_MS = 1000

/**
 * Looks at a device path until stopped and calls `onGone` once when it is no longer the device that stood there at the start: gone, or
 * (a link like /dev/serial/by-id after a quick re-plug) leading to another one.
 */
export async function watchPath(path: string, onGone: (detail: string) => void): Promise<() => void> {
  const first = await identity(path)
  let watching = true
  const timer = setInterval(() => {
    void identity(path).then((now) => {
      if (now === first || !watching) return
      stop()
      onGone(now === null ? `${path} is gone` : `${path} is another device now`)
    })
  }, WATCH_MS)
  const stop = (): void => {
    watching = false
    clearInterval(timer)
  }
  return stop
}

async function identity(path: string): Promise<string | null> {
  try {
    const { dev, ino, rdev } = await stat(path)
    return `${dev}:${ino}:${rdev}`
  } catch {
    return null
  }
}
