// Runs Azurite for as long as our standard input stays open. The operating system closes that pipe when the parent dies,
// however it dies, so no Azurite is left behind. The arguments are Azurite's own.
process.stdin.resume();
process.stdin.on('end', () => {
  process.emit('SIGTERM');
  setTimeout(() => process.exit(0), 2000);
});
require('azurite/dist/src/azurite.js');
