/** Every product comes in these. A cart has one line for each product and glaze. */
export const GLAZES = ['Oat', 'Moss', 'Ink'] as const;

export type Glaze = (typeof GLAZES)[number];

/** What the shop sells, in the order of its shelf, and the glaze in the picture. Names and prices come from the product cache. */
const PICTURED = new Map<string, Glaze>([
  ['stoneware-mug', 'Ink'],
  ['stoneware-bowl', 'Moss'],
  ['stoneware-plate', 'Oat'],
  ['stoneware-jug', 'Oat'],
  ['stoneware-teapot', 'Moss'],
  ['stoneware-vase', 'Ink'],
  ['stoneware-planter', 'Oat'],
  ['stoneware-candle-holder', 'Moss'],
]);

export const SHELF: readonly string[] = [...PICTURED.keys()];

/** The glaze in a product's picture, which is chosen at first. */
export function picturedGlaze(productId: string): Glaze {
  return PICTURED.get(productId) ?? 'Oat';
}
