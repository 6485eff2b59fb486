/** The values of a pattern's `:names` in `path`, or undefined when it does not fit. */
export function match(pattern: string, path: string): Record<string, string> | undefined {
  const names = pattern.split('/');
  const parts = path.split('/');
  if (names.length !== parts.length) return undefined;
  const found: Record<string, string> = {};
  for (const [n, name] of names.entries()) {
    if (name.startsWith(':')) found[name.slice(1)] = decodeURIComponent(parts[n]!);
    else if (name !== parts[n]) return undefined;
  }
  return found;
}
