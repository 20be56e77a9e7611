// A skipped test says why.

export default class SkipReporter {
  /** @param {import('vitest/node').TestCase} test */
  onTestCaseResult(test) {
    const result = test.result();
    if (result.state !== 'skipped') return;
    console.log(`skipped: ${test.fullName}: ${result.note ?? 'no reason given'}`);
  }
}
