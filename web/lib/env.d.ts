declare module 'virtual:messages/all' {
  const loaders: Record<string, Record<string, () => Promise<{ default: Record<string, string> }>>>;
  export default loaders;
}
