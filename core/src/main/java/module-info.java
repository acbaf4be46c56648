/**
 * Signs a person in to a desktop or command-line program with the device authorization grant and
 * keeps them signed in.
 */
// "module": the compiler warns of friends that it has not seen yet.
@SuppressWarnings("module")
module dev.latchkey {
  requires transitive java.net.http;
  requires com.google.gson;
  requires org.slf4j;
  requires static com.google.errorprone.annotations;
  requires static org.jspecify;

  exports dev.latchkey;
  exports dev.latchkey.error;
  exports dev.latchkey.store;
  exports dev.latchkey.internal.file to
      dev.latchkey.graph;
  exports dev.latchkey.internal.http to
      dev.latchkey.graph;
  exports dev.latchkey.internal.json to
      dev.latchkey.graph;
  exports dev.latchkey.internal.text to
      dev.latchkey.graph,
      dev.latchkey.keyring;
  exports dev.latchkey.internal.time to
      dev.latchkey.graph,
      dev.latchkey.keyring;
}
