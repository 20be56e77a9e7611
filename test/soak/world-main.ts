// One world in a process of its own: soak.ts sends its terms and reads its result.
import { worldTermsSchema, type WorldMessage } from './terms.ts';
import { World } from './world.ts';

function tell(message: WorldMessage): void {
  process.send?.(message);
}

process.once('message', (message) => {
  const world = new World(worldTermsSchema.parse(message));
  // whoever asked for it is gone
  process.once('disconnect', () => {
    void world.close().then(() => process.exit(0));
  });
  void world
    .run((progress) => {
      tell({ progress });
    })
    .then((result) => {
      tell({ result });
      process.disconnect();
    });
});
