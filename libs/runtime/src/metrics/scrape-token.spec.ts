import { ScrapeToken } from './scrape-token.js';

const TOKEN = 'a token for scrapes, of 32 bytes+'.replaceAll(' ', '-');
const token = new ScrapeToken(TOKEN);

it.each([`Bearer ${TOKEN}`, `bearer  ${TOKEN}`])('accepts %s', (authorization) => {
  expect(token.isIn(authorization)).toBe(true);
});

it.each([undefined, '', TOKEN, 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(1)}`, `Basic ${TOKEN}`])(
  'rejects %s',
  (authorization) => {
    expect(token.isIn(authorization)).toBe(false);
  },
);

it('accepts everything if there is no token', () => {
  expect(new ScrapeToken(undefined).isIn(undefined)).toBe(true);
});
