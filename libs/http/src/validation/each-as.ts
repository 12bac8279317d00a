import { plainToInstance, Transform, type ClassConstructor } from 'class-transformer';

type ClassOf = (element: object) => ClassConstructor<object>;

/**
 * Makes each object in a list an instance of the class chosen for it. Anything but an object becomes null, which
 * `@ValidateNested({ each: true })` rejects. class-transformer's own `@Type` fails on null, and class-validator on a list in a
 * list.
 */
export const EachAs = (classOf: ClassOf): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) =>
    Array.isArray(value) ? value.map((element: unknown) => toInstance(element, classOf)) : value,
  );

function toInstance(element: unknown, classOf: ClassOf): object | null {
  if (typeof element !== 'object' || element === null || Array.isArray(element)) return null;
  return plainToInstance(classOf(element), element);
}
