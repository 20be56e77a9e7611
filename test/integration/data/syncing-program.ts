import { RosterCentre } from './roster-centre.ts';
import { after, before } from './two-rosters.ts';
import { openRoster, openUnit } from './unit-folder.ts';

/** Opens the unit of a folder that has the roster `before`, syncs to `after`, and may be killed at that. */
const [folder = ''] = process.argv.slice(2);
const centre = new RosterCentre(before, 250);
centre.publish(after);
const database = openUnit(folder);
const { sync } = openRoster(database, centre);
process.send?.('started');
const result = await sync.run();
process.send?.(result.ok ? 'done' : result.code);
await sync.close();
database.close();
process.disconnect();
