import { describe, expect, it } from 'vitest';
import { BINDING_VARIABLE, nativeBindingOf } from '../../../electron/data/db/connection.ts';

describe('which SQLite addon is loaded', () => {
  it('refuses a program too old for the prebuilt one before it can crash', () => {
    expect(() => nativeBindingOf({}, { napi: '9' })).toThrow(BINDING_VARIABLE);
    expect(() => nativeBindingOf({}, {})).toThrow(BINDING_VARIABLE);
  });

  it('takes the one named, on any program', () => {
    expect(nativeBindingOf({ [BINDING_VARIABLE]: '/x/a.node' }, { napi: '9' })).toBe('/x/a.node');
  });

  it('takes the prebuilt one where it fits', () => {
    expect(nativeBindingOf({}, { napi: '10' })).toBeUndefined();
    expect(nativeBindingOf({ [BINDING_VARIABLE]: '' }, { napi: '11' })).toBeUndefined();
  });
});
