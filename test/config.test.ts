import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../config.ts';

describe('the chart server', () => {
  it('is none unless one is named', () => {
    expect(loadConfig({})).not.toHaveProperty('quickChartUrl');
    expect(loadConfig({ QUICKCHART_URL: '' })).not.toHaveProperty('quickChartUrl');
  });

  it.for(['http://localhost:3400', 'https://charts.example/quick/'])('may be %s', (url) => {
    expect(loadConfig({ QUICKCHART_URL: url }).quickChartUrl).toBe(url);
  });

  it.for([
    'localhost:3400',
    'ftp://a.example',
    'https://me:secret@a.example',
    'https://a.example/?key=1',
    'x',
  ])('may not be %s', (url) => {
    expect(() => loadConfig({ QUICKCHART_URL: url })).toThrow(ConfigError);
  });

  it('is told about with every other fault', () => {
    const env = { QUICKCHART_URL: 'x', DATABASE_URL: 'y', STORE_CONTENT: 'z' };
    expect(() => loadConfig(env)).toThrow(/DATABASE_URL[^]*STORE_CONTENT[^]*QUICKCHART_URL/);
  });
});

describe('the settings of live recording', () => {
  it('are usable without any', () => {
    expect(loadConfig({}).live).toEqual({
      shards: 'auto',
      spoolBytesMax: 2 ** 30,
      catchUp: { hours: 24, messagesMin: 200 },
      logLevel: 'info',
    });
  });

  it.for([
    ['auto', 'auto'],
    ['', 'auto'],
    ['0/1', { ids: [0], count: 1 }],
    ['0-3/16', { ids: [0, 1, 2, 3], count: 16 }],
    ['5,0-1,1/16', { ids: [5, 0, 1], count: 16 }],
  ] as const)('SHARDS may be %s', ([text, shards]) => {
    expect(loadConfig({ SHARDS: text }).live.shards).toEqual(shards);
  });

  it.for(['3', '0-', '1/1', '0-16/16', '5-2/16', 'a/2', '-1/2', '0/0', ',/2'])(
    'SHARDS may not be %s',
    (text) => {
      expect(() => loadConfig({ SHARDS: text })).toThrow(/SHARDS must be auto/);
    },
  );

  it.for([
    ['SPOOL_MB_MAX', '1.5'],
    ['CATCH_UP_HOURS', '-1'],
    ['CATCH_UP_MESSAGES', 'many'],
    ['LOG_LEVEL', 'loud'],
    ['DISCORD_API', 'discord.com'],
    ['DISCORD_TOKEN', 'a b'],
  ] as const)('%s may not be %s', ([name, value]) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name}`));
  });
});

describe('the settings of HTTP', () => {
  it('are usable without any, and reached by this machine alone', () => {
    const usual = { host: '127.0.0.1', port: 7475 };
    expect(loadConfig({}).http).toEqual(usual);
    expect(loadConfig({ HTTP_HOST: '', HTTP_PORT: '', HTTP_TOKEN: '' }).http).toEqual(usual);
  });

  it.for(['127.0.0.1', '127.8.9.10', '::1', 'localhost', 'LOCALHOST'])('%s needs no token', (host) => {
    expect(loadConfig({ HTTP_HOST: host }).http).toEqual({ host, port: 7475 });
  });

  it.for([
    '0.0.0.0',
    '::',
    '192.168.1.4',
    '128.0.0.1',
    'almanac.example',
    'localhost.example',
    '127.0.0.1.example',
  ])('%s needs one', (host) => {
    expect(() => loadConfig({ HTTP_HOST: host })).toThrow(/^HTTP_HOST .*HTTP_TOKEN/);
    const token = 'a-long-enough-token';
    expect(loadConfig({ HTTP_HOST: host, HTTP_TOKEN: token }).http).toEqual({ host, port: 7475, token });
    expect(loadConfig({ HTTP_HOST: host, HTTP_PORT: 'off' }).http.port).toBeNull();
  });

  it.for([
    ['HTTP_HOST', 'http://localhost'],
    ['HTTP_HOST', 'localhost:80'],
    ['HTTP_HOST', '[::1]'],
    ['HTTP_PORT', '0'],
    ['HTTP_PORT', '65536'],
    ['HTTP_PORT', '-1'],
    ['HTTP_PORT', '80.5'],
    ['HTTP_PORT', '0x50'],
    ['HTTP_PORT', 'on'],
    ['HTTP_TOKEN', 'only15character'],
    ['HTTP_TOKEN', 'a token with spaces'],
  ] as const)('%s may not be %s', ([name, value]) => {
    expect(() => loadConfig({ [name]: value })).toThrow(new RegExp(`^${name}`));
  });

  it('no fault tells the token', () => {
    expect(() => loadConfig({ HTTP_TOKEN: 'secret' })).toThrow(/^(?!.*secret)/);
  });
});
