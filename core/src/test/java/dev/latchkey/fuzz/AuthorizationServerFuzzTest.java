package dev.latchkey.fuzz;

import java.util.stream.Stream;

class AuthorizationServerFuzzTest extends FuzzContract {

  @Override
  Stream<AuthorizationServerBytes> targets() {
    return Stream.of(AuthorizationServerBytes.values());
  }
}
