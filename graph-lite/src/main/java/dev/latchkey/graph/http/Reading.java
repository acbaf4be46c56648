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
   * @param afterLoss whether an earlier attempt, whose answer was lost, may have been carried out
   * @throws IOException if the body breaks off
   */
  T read(Call call, HttpResponse<InputStream> response, boolean afterLoss) throws IOException;
}
