import type { lawsZh } from './laws.zh.ts'

/** Laws by name, in English. */
export const lawsEn: Readonly<Record<keyof typeof lawsZh, string>> = {
  'law.supervision-rules': 'Implementing Regulations of the Supervision Law',
  'law.supervision': 'Supervision Law',
  'law.compulsion': 'Administrative Compulsion Law',
  'law.penalty': 'Administrative Penalty Law',
  'law.tax-rules': 'Implementing Rules of the Tax Collection Law',
  'law.tax': 'Tax Collection Law',
  'law.tax-inspection': 'Provisions on Handling Tax Inspection Cases',
  'law.police': 'Provisions on Case Property of Public Security Organs',
  'law.procuratorate': 'Provisions on Case Property of the Procuratorates',
  'law.procuratorate-group':
    'Provisions on Case Property of the Discipline Inspection Group at the Supreme People’s Procuratorate',
  'law.discipline': 'Rules on Supervision and Discipline Enforcement',
  'law.reports': 'Rules on Reports and Accusations',
  'law.petitions': 'Regulations on Petitions',
  'law.personal-information': 'Personal Information Protection Law',
  'law.secrets-rules': 'Secrets Law Rules',
  'law.secrets': 'Law on Guarding State Secrets',
  'law.circular-7': 'Circular 7 (2015) of the General Offices',
  'law.forfeits': 'Measures for Fines and Forfeits',
  'law.transfer-lists': 'Provisions on Transfer Lists',
  'law.customs-warehouse': 'warehouse practice of Shenyang Customs',
  'law.local': 'local provisions',
  'law.house': 'rules of this program',
}
