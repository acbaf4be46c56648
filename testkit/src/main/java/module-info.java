/**
 * For tests: a fake authorization server with a web page, a fake Microsoft Graph, and the contract
 * of every token store.
 */
module dev.latchkey.testkit {
  requires transitive dev.latchkey;
  requires com.google.gson;
  requires jdk.httpserver;
  // Only the contract needs JUnit; the fake servers work without it.
  requires static org.junit.jupiter.api;
  requires static org.jspecify;

  exports dev.latchkey.testkit;
  exports dev.latchkey.testkit.contract;

  // JUnit calls the package-private tests of the contract.
  opens dev.latchkey.testkit.contract to
      org.junit.platform.commons;
}
