// Runs Azurite for as long as our standard input stays open. The operating system closes that pipe when the parent dies,
// however it dies, so no Azurite is left behind. The arguments are Azurite's own.
process.umask(0o077); // numbers and texts are the owner's alone
process.stdin.resume();
process.stdin.on('end', () => {
  process.emit('SIGTERM');
  setTimeout(() => process.exit(0), 2000);
});

// Ctrl+C, and closing the window, reach every process of a terminal. The app still needs storage to write down what is in flight: it closes the pipe when it is done.
const once = process.once.bind(process);
process.once = (event, listener) => (event === 'SIGINT' ? process.on(event, () => {}) : once(event, listener));
process.on('SIGHUP', () => {});

// When the parent is killed its end of these is closed as well. Saying so must not end us before the data is written.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

require('azurite/dist/src/azurite.js');
