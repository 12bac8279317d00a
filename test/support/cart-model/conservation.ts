import * as z from 'zod';
import { details, lostDetails } from './conserved-details.js';
import type { ModelRequest } from './model-request.js';

const line = z.object({
  product_id: z.string(),
  line_id: z.string(),
  quantity: z.number(),
  note: z.string().optional(),
});
const contents = details.extend({ items: z.array(line), saved_items: z.array(line) });
const given = z.object({ quantity: z.number().optional() });
const batch = z.object({
  operations: z.array(z.object({ line_id: z.string().optional(), product_id: z.string().optional() })),
});
const completed = z.object({ items: z.array(z.object({ line_id: z.string(), taken: z.number() })) });
const merged = z.object({
  report: z.array(
    z.object({
      line_id: z.string(),
      guest_quantity: z.number(),
      user_quantity: z.number(),
      quantity: z.number(),
      kept_in: z.string().optional(),
    }),
  ),
});

type Line = z.infer<typeof line>;

/** The cart of every user of a run, as the service returns it. */
export type AllCarts = ReadonlyMap<string, z.infer<typeof contents>>;
export const parseCart = (body: unknown): z.infer<typeof contents> => contents.parse(body);

/** How much of a line the request gives up, or the response reports as gone. */
type Explained = (lineId: string) => number;

const ONE_LINE = /^(?:DELETE \/cart\/remove|PUT \/cart\/update|PATCH \/cart\/lines)\/([^?]+)$/;
const COMPLETION = /^POST \/cart\/checkout\/[^/]+\/complete$/;
const MERGE = 'POST /cart/merge';
/** Requests that put another note, or none, in the place of one. */
const REWRITES_NOTES = /^(POST \/cart\/(add|batch)|PATCH \/cart\/lines\/.*|PUT \/cart)$/;

/**
 * What disappeared in a step although neither the request asks for it nor the response reports it: some of a product with its
 * options, the note of a line, or the note and the attributes of a cart. This knows nothing of the model: it compares requests,
 * responses and carts.
 * @param response the body of a successful response; undefined if nothing may have changed.
 */
export function unexplainedLosses(
  before: AllCarts,
  after: AllCarts,
  request: ModelRequest,
  response: unknown,
): readonly string[] {
  const operation = `${request.method} ${request.path}`;
  // Other options make another line of the same product.
  const nameOf = operation.startsWith('PATCH /cart/lines/') ? productOf : lineOf;
  const explained = response === undefined ? () => 0 : explainedBy(operation, request, response, before);
  const linesBefore = linesOf(before);
  const linesAfter = linesOf(after);
  const lostOfLines = [...new Set(linesBefore.map(nameOf))].flatMap((name) => {
    const isIt = (each: Line): boolean => nameOf(each) === name;
    const [had, has] = [linesBefore.filter(isIt), linesAfter.filter(isIt)];
    const allowed = [...new Set(had.map(lineOf))].reduce((sum, id) => sum + explained(id), 0);
    const lost = total(had) - total(has) - allowed;
    const isMerge = operation === MERGE && response !== undefined;
    const mayLoseNotes = isMerge
      ? isDropped(merged.parse(response), name)
      : allowed > 0 || REWRITES_NOTES.test(operation);
    const notes = mayLoseNotes ? [] : missingNotes(had, has);
    return [...(lost > 0 ? [`${lost} of ${name}`] : []), ...notes.map((note) => `the note ${note} of ${name}`)];
  });
  return [...lostOfLines, ...lostDetails(before, after, request, response)];
}

/** Whether the strategy of a merge drops a line: the report says so. */
function isDropped({ report }: z.infer<typeof merged>, lineId: string): boolean {
  return report.some((row) => row.line_id === lineId && row.quantity === 0 && row.kept_in === undefined);
}

function explainedBy(operation: string, request: ModelRequest, response: unknown, before: AllCarts): Explained {
  const inCart: Explained = (id) => quantityIn(before.get(request.userId)?.items, id);
  const [, encoded] = ONE_LINE.exec(operation) ?? [];
  if (encoded !== undefined) {
    const lineId = decodeURIComponent(encoded);
    const stays = request.method === 'DELETE' ? 0 : (given.parse(request.body).quantity ?? inCart(lineId));
    return (id) => (id === lineId ? Math.max(0, inCart(id) - stays) : 0);
  }
  if (operation === 'DELETE /cart/clear' || operation === 'PUT /cart') return inCart;
  if (operation === 'POST /cart/batch') {
    const names = batch.parse(request.body).operations.flatMap((each) => [each.line_id, each.product_id]);
    // A saved line can be restored and removed by the same batch.
    const owned: Explained = (id) => inCart(id) + quantityIn(before.get(request.userId)?.saved_items, id);
    return (id) => (names.includes(id) || names.includes(id.replace(/\{.*/, '')) ? owned(id) : 0);
  }
  if (operation === MERGE) return lostInMerge(merged.parse(response));
  if (COMPLETION.test(operation)) {
    const { items } = completed.parse(response);
    return (id) => items.find((each) => each.line_id === id)?.taken ?? 0;
  }
  return () => 0;
}

/** The report has every line of the cart that both had or that was dropped. Saved lines are never given up. */
function lostInMerge({ report }: z.infer<typeof merged>): Explained {
  return (id) => {
    const rows = report.filter((row) => row.line_id === id && row.kept_in === undefined);
    return Math.max(
      0,
      rows.reduce((sum, row) => sum + row.guest_quantity + row.user_quantity - row.quantity, 0),
    );
  };
}

function missingNotes(had: readonly Line[], has: readonly Line[]): string[] {
  const texts = has.map(({ note = '' }) => note);
  return had.flatMap(({ note }) => (note === undefined || texts.some((text) => text.includes(note)) ? [] : [note]));
}

const lineOf = ({ line_id: id }: Line): string => id;
const productOf = ({ product_id: id }: Line): string => id;

function linesOf(carts: AllCarts): Line[] {
  return [...carts.values()].flatMap(({ items, saved_items: saved }) => [...items, ...saved]);
}

function quantityIn(lines: readonly Line[] = [], lineId: string): number {
  return total(lines.filter((each) => lineOf(each) === lineId));
}

function total(lines: readonly Line[]): number {
  return lines.reduce((sum, { quantity }) => sum + quantity, 0);
}
