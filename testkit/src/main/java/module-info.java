/**
 * A fake authorization server with a real web page, a fake Microsoft Graph beside it, and the
 * contract of every token store; for tests and demos.
 */
module dev.latchkey.testkit {
  requires transitive dev.latchkey;
  requires com.google.gson;
  requires jdk.httpserver;
  // Whoever only runs the fake server needs no JUnit; whoever extends the store contract has it.
  requires static transitive org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.latchkey.testkit;
  exports dev.latchkey.testkit.contract;

  // JUnit calls the contract's tests, which are package-private.
  opens dev.latchkey.testkit.contract to
      org.junit.platform.commons;
}
