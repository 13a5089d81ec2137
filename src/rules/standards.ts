// Clauses of standards, each with the edition it was read in and whether the text itself was read.
import type { Clause } from './finding.ts';

/** Days from which articles apply that are not duties of high-risk systems. */
const earlier: ReadonlyMap<string, string> = new Map([
  ['4', '2025-02-02'],
  ['50', '2026-08-02'],
]);

/** Duties of high-risk systems under Annex III apply from this day (Digital Omnibus of 2026; the date is not verified). */
const highRiskFrom = '2027-12-02';

export function euAiAct(article: string): Clause {
  return {
    standard: 'EU AI Act',
    edition: 'Regulation (EU) 2024/1689',
    ref: `Article ${article}`,
    status: 'verified',
    appliesFrom: earlier.get(/^\d+/.exec(article)?.[0] ?? '') ?? highRiskFrom,
  };
}

/** Articles 5(1) and 12(3) were not read in the text itself. */
export function gdpr(article: string): Clause {
  const unread = /^(5\(1\)|12\(3\))/.test(article);
  return {
    standard: 'GDPR',
    edition: 'Regulation (EU) 2016/679',
    ref: `Article ${article}`,
    status: unread ? 'unverified' : 'verified',
    appliesFrom: '2018-05-25',
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

/** Trust services criteria; PI1 was not in the text that was read. */
export function soc2(criterion: string): Clause {
  const status = criterion.startsWith('PI') ? 'unverified' : 'verified';
  return { standard: 'SOC 2', edition: '2017, points of focus 2022', ref: criterion, status };
}

/** The statute was not read; reached through COSO. */
export function sox(topic: string): Clause {
  return { standard: 'SOX', edition: '2002', ref: `Section 404 (${topic})`, status: 'unverified' };
}

export function coso(principle: string): Clause {
  return { standard: 'COSO', edition: '2013', ref: principle, status: 'secondary' };
}

export function nist80053(control: string): Clause {
  return { standard: 'NIST SP 800-53', edition: 'Revision 5', ref: control, status: 'secondary' };
}

export function owaspThreat(id: string): Clause {
  return { standard: 'OWASP Agentic AI threats', edition: '1.0 (2025)', ref: id, status: 'secondary' };
}

/** Microsoft's templates of policies for agents. */
export function agentGovernanceToolkit(topic: string): Clause {
  return { standard: 'Agent Governance Toolkit', edition: 'b570558', ref: topic, status: 'verified' };
}

export function aicm(control: string): Clause {
  return { standard: 'CSA AI Controls Matrix', edition: '1.0 (2025)', ref: control, status: 'secondary' };
}

/** Levels of autonomy by the role left to the person. */
export function knightLevels(level: string): Clause {
  return {
    standard: 'Levels of autonomy for AI agents',
    edition: 'Feng, McDonald, Zhang 2025',
    ref: level,
    status: 'verified',
  };
}

/** A national or sectoral law that was read in summary only. */
export function law(standard: string, edition: string, ref: string): Clause {
  return { standard, edition, ref, status: 'secondary' };
}
