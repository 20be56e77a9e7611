import fs from 'node:fs';
import path from 'node:path';
import { fail, succeed } from '../../shared/errors/result.ts';
import type { Result } from '../../shared/errors/result.ts';
import { configurationSchema } from '../../shared/ipc/configuration.ts';
import type { Configuration } from '../../shared/ipc/configuration.ts';

const FILE_NAME = 'configuration.json';

/** Where an installed program looks for its configuration: beside the program, then in the user's folder. */
export function configurationPlaces(programFolder: string, userFolder: string): string[] {
  return [path.join(programFolder, FILE_NAME), path.join(userFolder, FILE_NAME)];
}

/** The first file that exists decides; one that cannot be read or does not hold is an error, never skipped. */
export function readConfiguration(places: readonly string[]): Result<Configuration> {
  const file = places.find((place) => fs.existsSync(place));
  if (!file) return fail('CONFIG_MISSING', places.join('; '));
  let content: unknown;
  try {
    content = JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch (error) {
    return fail('CONFIG_INVALID', `${file}: ${String(error)}`);
  }
  const parsed = configurationSchema.safeParse(content);
  return parsed.success
    ? succeed(parsed.data)
    : fail('CONFIG_INVALID', `${file}: ${parsed.error.message}`);
}
