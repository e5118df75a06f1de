/** Something the person at the terminal can put right: shown as its sentence alone, without a stack. */
export class Complaint extends Error {
  override readonly name = "Complaint";
}

/** Runs a command's main function and turns what it throws into an exit code of 1 and words. */
export async function runCommand(main: () => Promise<void> | void): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Complaint ? error.message : error);
    process.exitCode = 1;
  }
}
