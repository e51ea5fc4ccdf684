import { expect, test } from 'vitest';
import { themed } from './themed';

test('a token becomes its name, a tint a mix of names, anything else stays', () => {
  expect(themed('<p fill="#1B1F24"/>')).toBe('<p fill="var(--ink)"/>');
  expect(themed('<p fill="#D8E4DE"/>')).toMatch(/color-mix\(in srgb, var\(--kommun\) 1[0-9]%, var\(--(paper|surface)\)\)/);
  expect(themed('<p fill="#B87C5C"/>')).toContain('var(--invanare)');
  expect(themed('<p stroke="#12FF00"/>')).toBe('<p stroke="#12FF00"/>');
});
