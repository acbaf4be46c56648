package dev.latchkey.graph.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

/** Reads an answer that is no failure. */
@FunctionalInterface
interface Reading<T> {

  /**
   * Reads it.
   *
   * @throws IOException if the body breaks off
   */
  T read(HttpResponse<InputStream> response) throws IOException;
}
