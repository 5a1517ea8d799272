import { RegisterForked } from './ledger/checkpoint.ts'
import { ConfigRefused } from './config.ts'
import { DatabaseRefused } from './database/refused.ts'
import { KeysMissing } from './keys.ts'
import { ContentKeyMissing } from './ledger/content-key.ts'

/**
 * Why a program did not start, in words for the person who starts it, where the reason is one that he can put right: a setting, a port, a
 * folder, a refusal of ours. Anything else is a bug and keeps its stack.
 */
export function wordsOfRefusedStart(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (
    error instanceof DatabaseRefused ||
    error instanceof ConfigRefused ||
    error instanceof KeysMissing ||
    error instanceof ContentKeyMissing ||
    error instanceof RegisterForked
  )
    return error.message
  // Other libraries give their errors codes that are no strings.
  const { code } = error as { code?: unknown }
  if (typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_')) return `参数不对 / ${error.message}`
  return wordsOfSystem(error) ?? error.stack ?? error.message
}

function wordsOfSystem({ code, syscall, path, address, port }: NodeJS.ErrnoException & Place): string | null {
  if (syscall === 'listen') {
    const at = `${address ?? ''}:${port ?? ''}`
    switch (code) {
      case 'EADDRINUSE':
        return `${at} 已被占用，请停止占用它的程序，或另设 PORT / ${at} is taken: stop the program that holds it, or choose another PORT`
      case 'EADDRNOTAVAIL':
        return `${address ?? ''} 不是本机地址，请检查 HOST / ${address ?? ''} is no address of this machine: look at HOST`
      case 'EACCES':
        return `本账户无权使用 ${at}，请把 PORT 设为 1024 以上 / this account may not listen on ${at}: choose a PORT from 1024 on`
      default:
        return null
    }
  }
  if (path === undefined) return null
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return `本账户无权访问 ${path}，请更改其权限，或另选文件夹 / this account may not use ${path}: change its rights, or choose another place`
    case 'EROFS':
      return `${path} 所在磁盘只读 / ${path} lies on a disk that takes no writing`
    case 'ENOSPC':
      return `磁盘已满，无法写入 ${path} / the disk is full: ${path} cannot be written`
    case 'ENOENT':
      return `找不到 ${path} / there is no ${path}`
    case 'EEXIST':
    case 'ENOTDIR':
      return `${path} 不是文件夹 / ${path} is no folder`
    case 'EISDIR':
      return `${path} 是文件夹，不是文件 / ${path} is a folder, not a file`
    default:
      return null
  }
}

/** What Node adds to an error of `listen`. */
interface Place {
  readonly address?: string
  readonly port?: number
}
