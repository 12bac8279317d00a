/** What the example shop sells. A product origin or a catalogue service would supply this to a real one. */
export const SHOP_PRODUCTS = [
  product('mug', 'Mug', 19, 'Holds 300 ml, and warmth.', 'drinking'),
  product('bowl', 'Bowl', 28, 'For soup, ramen and breakfast.', 'eating'),
  product('plate', 'Plate', 32.5, 'With a rim that keeps the sauce.', 'eating'),
  product('jug', 'Jug', 46, 'Pours a litre without a drip.', 'drinking'),
  product('teapot', 'Teapot', 74, 'Four cups, with a fine strainer.', 'drinking'),
  product('vase', 'Vase', 58, 'Narrow neck, for few stems.', 'living'),
  product('planter', 'Planter', 39.9, 'With a hole and a saucer.', 'living'),
  product('candle-holder', 'Candle holder', 24, 'Catches every drop of wax.', 'living'),
];

function product(picture: string, name: string, price: number, description: string, category: string) {
  const product_id = `stoneware-${picture}`;
  return { product_id, name, price, currency: 'USD', description, category, image_url: `/shop/${picture}.svg` };
}
