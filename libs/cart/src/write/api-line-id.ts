/** The path parameter with the id of a line, for the API documentation. */
export const LINE_ID = {
  name: 'product_id',
  description: "The `line_id` of a line: its product's id, unless it has options.",
  example: 'laptop',
};
