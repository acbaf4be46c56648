/** The operating system's secret storage as a token store. */
@SuppressWarnings("requires-automatic") // java-keyring has no module descriptor
module dev.latchkey.keyring {
  requires transitive dev.latchkey;
  requires java.keyring;
  requires java.management; // how busy the machine is
  requires org.freedesktop.dbus;
  requires org.freedesktop.dbus.transport.jre; // the transport, which nothing else requires
  requires org.slf4j;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.latchkey.keyring;
}
