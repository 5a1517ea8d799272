declare module '../database/database.ts' {
  interface Database {
    files: {
      sha256: string
      bytes: number
      mime: string
      width: number
      height: number
      kept_at: string
      kept_by: string
    }
  }
}

export {}
