import { ValidationPipe } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import fc from 'fast-check';
import { ProductDataDto } from '../product/product-data.dto.js';
import { acceptAtOnce, CompiledValidation } from './compiled-validation.js';
import { IsProductId } from './is-product-id.js';

@CompiledValidation()
class LineDto {
  @IsProductId()
  product_id: string;

  @IsInt()
  @Min(1)
  @Max(1000)
  quantity: number;

  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => ProductDataDto)
  product_data?: ProductDataDto;
}

/** The same without the decorator. */
class OrdinaryDto extends LineDto {}

const pipe = new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true });

/** What class-transformer and class-validator make of a body; undefined where they refuse it. */
async function validated(body: unknown): Promise<unknown> {
  return pipe.transform(structuredClone(body), { type: 'body', metatype: LineDto }).catch(() => undefined);
}

const awkward = fc.constantFrom<unknown>(
  ...[null, '', ' ', 'laptop', '{', 'x'.repeat(101), 'x'.repeat(2001), 'USD', 'usd', 'XYZ', true, false, [], ['a'], {}],
  ...[0, -1, 1, 1.5, 1000, 1001, 99.99, 1e9, 1e10, { colour: 'grey' }, { colour: null }, { nested: {} }],
);
/** An object that has most of the good fields, and sometimes one that is invalid or unknown. */
const objectOf = (good: Record<string, fc.Arbitrary<unknown>>) =>
  fc
    .tuple(
      fc.record(good, { requiredKeys: [] }),
      fc.dictionary(fc.constantFrom(...Object.keys(good), 'other'), awkward),
    )
    .chain(([fields, faults]) => fc.constantFrom(fields, fields, { ...fields, ...faults }));

const text = fc.constantFrom('Laptop', 'é', '💻', 'x'.repeat(200));
const product = objectOf({
  name: text,
  price: fc.constantFrom(0, 0.1, 99.99, 1e9),
  currency: fc.constantFrom('USD', 'JPY', null),
  description: fc.constantFrom('A laptop', null),
  category: text,
  attributes: fc.constantFrom({}, { colour: 'grey', size: 15, used: false }),
});
const line = objectOf({
  product_id: fc.constantFrom('laptop', 'a/b', '💻'.repeat(100)),
  quantity: fc.integer({ min: 1, max: 1000 }),
  product_data: fc.oneof(product, product, awkward),
});

describe('a compiled DTO', () => {
  it('accepts exactly what class-validator accepts, and returns an equal instance', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 20, arbitrary: line }, awkward), async (body) => {
        const dto = acceptAtOnce(structuredClone(body), LineDto);
        expect(dto).toStrictEqual(await validated(body));
        accepted += dto === undefined ? 0 : 1;
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(300);
  });

  it('creates instances of the nested classes', () => {
    const body = { product_id: 'laptop', quantity: 1, product_data: { name: 'Laptop', price: 9.99 } };
    const dto = acceptAtOnce(body, LineDto);
    expect(dto).toBeInstanceOf(LineDto);
    expect(dto).toMatchObject({ product_data: expect.any(ProductDataDto) });
  });

  it('is compiled only if its own class has the decorator', () => {
    expect(acceptAtOnce({ product_id: 'laptop', quantity: 1 }, OrdinaryDto)).toBeUndefined();
    expect(acceptAtOnce({ product_id: 'laptop', quantity: 1 }, undefined)).toBeUndefined();
  });

  it('is rejected if it has an unsupported rule', () => {
    class ListDto {
      @IsString({ each: true })
      names: string[];
    }
    class GroupDto {
      @IsString({ groups: ['admin'] })
      name: string;
    }
    const compile = CompiledValidation();
    for (const dto of [ListDto, GroupDto]) {
      expect(() => {
        compile(dto);
      }).toThrow(TypeError);
    }
  });
});
