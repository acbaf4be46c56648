package dev.latchkey.testkit.internal.http;

/** Acts on a request and returns the answer. Never touches the connection: {@link Wire} does. */
@FunctionalInterface
public interface Handler {

  /** Acts on one request. Many threads call it at once. */
  HttpAnswer answer(Request request);
}
