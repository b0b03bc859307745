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
