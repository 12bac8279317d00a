import { baseUrlOf } from './base-url.js';

describe('baseUrlOf', () => {
  it.each([
    ['https://cart.example', 'https://cart.example'],
    ['http://127.0.0.1:8001/', 'http://127.0.0.1:8001'],
    ['HTTPS://cart.example/api//', 'HTTPS://cart.example/api'],
  ])('accepts %j', (text, expected) => {
    expect(baseUrlOf(text, false)).toBe(expected);
  });

  it.each([
    ['localhost:8001'],
    ['cart.example'],
    ['ftp://cart.example'],
    ['http://'],
    ['http://cart.example:port'],
    ['https://user:secret@cart.example'],
    ['https://cart.example?key=1'],
    ['//cart.example'],
    ['undefined'],
  ])('rejects %j, also on a page', (text) => {
    expect(() => baseUrlOf(text, false)).toThrow(TypeError);
    expect(() => baseUrlOf(text, true)).toThrow(/baseUrl must be an address such as/);
  });

  it.each([
    ['', ''],
    ['/', ''],
    ['/api/', '/api'],
  ])('accepts the path %j on a page only', (text, expected) => {
    expect(baseUrlOf(text, true)).toBe(expected);
    expect(() => baseUrlOf(text, false)).toThrow(TypeError);
  });
});
