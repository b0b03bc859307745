/** Loaded before the program: its clock jumps when it is told to, as that of a machine that is set right. */
const { now } = Date;
let offsetMs = 0;
Date.now = () => now() + offsetMs;
process.on('SIGUSR2', () => {
  offsetMs = offsetMs === 0 ? Number(process.env.CLOCK_JUMP_MS ?? 0) : 0;
});
