package dev.latchkey.testkit;

/** Acts on a request and says what to answer. Never touches the connection: {@link Wire} does. */
@FunctionalInterface
interface Handler {

  /**
   * Acts on one request. Called from many threads at once.
   *
   * @throws Refusal to answer with an error
   */
  Answer answer(Request request);
}
