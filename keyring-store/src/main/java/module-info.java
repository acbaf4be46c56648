/** The operating system's secret storage as a token store. */
@SuppressWarnings("requires-automatic") // java-keyring has no module descriptor
module dev.latchkey.keyring {
  requires transitive dev.latchkey;
  requires java.keyring;
  requires org.freedesktop.dbus;
  requires org.freedesktop.dbus.transport.jre; // nobody else would, and nothing could connect
  requires secret.service; // java-keyring's way to the Secret Service
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.latchkey.keyring;
}
