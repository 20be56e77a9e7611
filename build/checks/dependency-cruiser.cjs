/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'shared-is-pure',
      comment: 'shared/ knows neither Node nor Electron nor any of the processes.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: ['^(electron|renderer|build|test)/', 'node_modules/(electron|better-sqlite3)/'] },
    },
    {
      name: 'shared-without-node',
      severity: 'error',
      from: { path: '^shared/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-without-node',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'window-has-no-authority',
      severity: 'error',
      from: { path: '^renderer/' },
      to: { path: '^(electron|build|test)/' },
    },
    {
      name: 'hosts-stay-apart',
      comment: 'Except the shared libraries electron/cms and electron/host.',
      severity: 'error',
      from: { path: '^electron/([^/]+)/' },
      to: { path: '^electron/', pathNot: '^electron/(?:$1|cms|host)/' },
    },
    {
      name: 'electron-only-in-main-and-preload',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: '^electron/(main|preload)/' },
      to: { path: ['^electron$', '^node_modules/electron/'] },
    },
    {
      name: 'database-only-in-its-owners',
      severity: 'error',
      from: { pathNot: '^(electron/(data|demo)|test)/' },
      to: { path: 'node_modules/(@types/)?better-sqlite3' },
    },
    {
      name: 'driver-only-in-the-token-host',
      severity: 'error',
      from: { pathNot: '^(electron/(token|demo)|test)/' },
      to: { path: 'node_modules/pkcs11js' },
    },
    {
      name: 'product-without-tests',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/' },
      to: { path: '^(build|test)/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'test/tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(out|dist|\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
