/** The operating system's secret storage as a token store. */
@SuppressWarnings("requires-automatic") // java-keyring has no module descriptor
module dev.latchkey.keyring {
  requires dev.latchkey;
  requires java.keyring;
  requires static org.jspecify;
}
