/**
 * Signs a person in to a desktop or command-line program with the device authorization grant and
 * keeps them signed in.
 */
module dev.latchkey {
  requires transitive java.net.http;
  requires com.google.gson;
  requires org.slf4j;
  requires static org.jspecify;

  exports dev.latchkey;
  exports dev.latchkey.error;
  exports dev.latchkey.store;
}
