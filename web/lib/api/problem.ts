/** A sentence of a service in both languages. */
export interface Said {
  en: string;
  es: string;
}

/** What a service says when it refuses (RFC 9457), and what the browser says when it cannot reach one. */
export interface FieldProblem {
  where?: string;
  detail: string;
  mend?: string;
  code?: string;
  refuses?: boolean;
  /** Of `detail`, where it is not English. */
  lang?: string;
  say?: Said;
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  mend?: string;
  where?: string;
  code?: string;
  problems?: FieldProblem[];
}

export const OFFLINE: Problem = { type: '/problems/unreachable', title: '', status: 0, detail: '' };

/** The problem in an answer's body, or one that names its status when the body holds none (a proxy's page). */
export function problemOf(error: unknown, status: number): Problem {
  if (typeof error === 'object' && error !== null && 'detail' in error && 'title' in error) {
    const problem = error as Problem & { problems?: (FieldProblem | string)[] };
    return { ...problem, problems: problem.problems?.map((p) => (typeof p === 'string' ? { detail: p } : p)) };
  }
  return { type: '/problems/unexpected', title: `HTTP ${status}`, status, detail: '' };
}

/** The sentences that belong to one field: those whose place starts with `where`. */
export function at(problem: Problem | undefined, where: string): FieldProblem[] {
  if (!problem) return [];
  const clean = (place?: string) => (place ?? '').replace(/^body\//, '');
  if (problem.problems) return problem.problems.filter((p) => clean(p.where) === where);
  return clean(problem.where) === where ? [problem] : [];
}
