// Clauses of standards, each with the edition it was read in and whether the text itself was read.
import type { Clause } from './finding.ts';

/** Duties of high-risk systems under Annex III apply from this day (Digital Omnibus of 2026; the date is not verified). */
const highRiskFrom = '2027-12-02';

export function euAiAct(article: string): Clause {
  return {
    standard: 'EU AI Act',
    edition: 'Regulation (EU) 2024/1689',
    ref: `Article ${article}`,
    status: 'verified',
    appliesFrom: highRiskFrom,
  };
}

export function nistAiRmf(subcategory: string): Clause {
  return { standard: 'NIST AI RMF', edition: '1.0 (2023)', ref: subcategory, status: 'verified' };
}

export function nistGenAi(action: string): Clause {
  return { standard: 'NIST AI 600-1', edition: '2024', ref: action, status: 'verified' };
}

/** Ids and titles were checked; the text of the standard is sold and was not read. */
export function iso42001(control: string): Clause {
  return { standard: 'ISO/IEC 42001', edition: '2023', ref: control, status: 'secondary' };
}

export function owaspLlm(id: string, year: 2025 | 2026): Clause {
  const status = year === 2025 ? 'verified' : 'unverified';
  return { standard: 'OWASP Top 10 for LLM Applications', edition: String(year), ref: `${id}:${year}`, status };
}

export function owaspAgentic(id: string): Clause {
  return { standard: 'OWASP Top 10 for Agentic Applications', edition: '2026', ref: id, status: 'secondary' };
}

export function finos(id: string): Clause {
  return { standard: 'FINOS AI Governance Framework', edition: '78e0aed', ref: id, status: 'verified' };
}

export function mitreAtlas(id: string): Clause {
  return { standard: 'MITRE ATLAS', edition: '2026', ref: id, status: 'secondary' };
}

/** Singapore IMDA, Model AI Governance Framework for Agentic AI. */
export function mgf(section: string): Clause {
  return { standard: 'Singapore MGF for Agentic AI', edition: '1.0 (2026)', ref: section, status: 'verified' };
}

export function soundness(part: string): Clause {
  return { standard: 'Workflow soundness', edition: 'van der Aalst 1998', ref: part, status: 'secondary' };
}

export function sevenGuidelines(guideline: string): Clause {
  return {
    standard: 'Seven process modeling guidelines',
    edition: 'Mendling, Reijers, van der Aalst 2010',
    ref: guideline,
    status: 'secondary',
  };
}

export function raci(part: string): Clause {
  return { standard: 'RACI', edition: 'common practice', ref: part, status: 'secondary' };
}
