import { enableCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'

/** Inside the checkout: whoever may write there may change the program anyway. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache/clearhold', import.meta.url))

/**
 * What is loaded from now on is kept as compiled and taken from there next time: loading the program takes half as long. Where the folder
 * cannot be written, everything is compiled each time as before.
 */
export function keepCompiled(): void {
  enableCompileCache(FOLDER)
}
