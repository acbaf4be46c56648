package dev.latchkey.testkit;

import org.junit.jupiter.api.AfterEach;

/** A fresh server for each test, and an app to ask it. */
abstract class ServerTest {
  static final String ADELE = "adele@contoso.example";
  static final String BRUNO = "bruno@contoso.example";
  static final String CHANDRA = "chandra@fabrikam.example";
  static final String DANA = "dana@outlook.example";

  final FakeAuthorizationServer server = configure(FakeAuthorizationServer.builder()).start();
  final HttpApp app = new HttpApp(server);

  FakeAuthorizationServerBuilder configure(FakeAuthorizationServerBuilder builder) {
    return builder;
  }

  @AfterEach
  void closeServer() {
    server.close();
  }
}
