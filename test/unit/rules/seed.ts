/** One seed for the property tests of a run; `RULES_SEED=…` repeats a run that failed. */
export const seed = Number(process.env.RULES_SEED ?? Date.now() % 2_147_483_647);
console.info(`property tests: RULES_SEED=${seed}`);
