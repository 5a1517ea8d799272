import { DatabaseRefused } from '../database/refused.ts'

export type BackupRefusedCode =
  | 'file-exists'
  | 'backup-running'
  | 'not-written'
  | 'schema-unknown'
  | 'line-too-long'
  | 'format-newer'
  | 'schema-newer'
  | 'schema-differs'
  | 'passphrase-needed'
  | 'passphrase-wrong'
  | 'passphrase-unfit'
  | 'recipient-unfit'
  | 'keys-needed'
  | 'keys-wrong'
  | 'target-not-empty'
  | 'restore-unfinished'
  | 'restore-running'
  | 'older-than-checkpoint'
  | 'checkpoint-foreign'
  | 'not-removed'

/** A backup or restore that was not done, and why, in both languages. What was there before is as it was. */
export class BackupRefused extends DatabaseRefused<BackupRefusedCode> {}

/** The file is not a backup, or no longer the one that was written: cut short, changed, or sealed by somebody else. */
export class BackupDamaged extends DatabaseRefused<'damaged'> {
  constructor(file: string, reason: string, options?: ErrorOptions) {
    super(
      'damaged',
      {
        zh: `${file} 不是完整的备份：被截断、被改动，或根本不是备份文件（${reason}）。请换用另一份备份。`,
        en: `${file} is not a whole backup: it was cut short or changed, or never was one (${reason}). Use another copy.`,
      },
      options,
    )
  }
}
