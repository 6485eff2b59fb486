import { language } from '../i18n.svelte';

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
  /** The same in Spanish. */
  es?: { lang?: string; detail: string; mend?: string };
}

export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  mend?: string;
  lang?: string;
  es?: FieldProblem['es'];
  where?: string;
  code?: string;
  problems?: FieldProblem[];
}

export const OFFLINE: Problem = { type: '/problems/unreachable', title: '', status: 0, detail: '' };

/** In the language in force, where the service has both. */
export const told = <P extends FieldProblem>(p: P): P & FieldProblem => ({ ...p, ...p[language() as 'es'] });

/** The problem in an answer's body, or one that names its status when the body holds none (a proxy's page). */
export function problemOf(error: unknown, status: number): Problem {
  if (typeof error === 'object' && error !== null && 'detail' in error && 'title' in error) {
    const problem = error as Problem & { problems?: (FieldProblem | string)[] };
    return told({ ...problem, problems: problem.problems?.map((p) => (typeof p === 'string' ? { detail: p } : told(p))) });
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
